import type { ReactNode } from 'react';

/**
 * Answers and document text are untrusted. This is the whole of what they may look like: bold, code,
 * list items. Everything else, links too, is shown as it is written: no word or number gets lost.
 */
const INLINE = /\*\*([^*\n]+)\*\*|`([^`\n]+)`/g;

export function inline(text: string): ReactNode[] {
  const nodes: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) nodes.push(text.slice(from, match.index));
    const [whole, bold, code] = match;
    const key = match.index;
    if (bold !== undefined) nodes.push(<strong key={key}>{bold}</strong>);
    else nodes.push(<code key={key}>{code}</code>);
    from = match.index + whole.length;
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}

export interface TextBlock<T> {
  kind: 'paragraph' | 'bullet' | 'numbered';
  parts: T[];
}

// A dash before a number may be its sign.
const BULLET = /^\s*(?:[*•]|-(?!\s*\d))\s+/;
const NUMBERED = /^\s*\d{1,2}[.)]\s+/;

function kindOf(text: string): TextBlock<unknown>['kind'] {
  if (BULLET.test(text)) return 'bullet';
  // Perhaps a day that begins a sentence: it keeps its number in any case.
  return NUMBERED.test(text) ? 'numbered' : 'paragraph';
}

/** A bullet is drawn; all else, the number of an item too, stays as it is written. */
export function withoutBullet(text: string): string {
  return text.replace(BULLET, '');
}

/** Puts runs of text together: an item stands alone, other text flows into one paragraph. */
export function blocks<T>(parts: readonly T[], textOf: (part: T) => string): TextBlock<T>[] {
  const out: TextBlock<T>[] = [];
  for (const part of parts) {
    const kind = kindOf(textOf(part));
    const last = out.at(-1);
    if (kind === 'paragraph' && last?.kind === 'paragraph') last.parts.push(part);
    else out.push({ kind, parts: [part] });
  }
  return out;
}

/** Draft text, line by line. */
export function SafeText({ text }: { text: string }) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return blocks(lines, (line) => line).map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: text only ever grows at its end
    <p key={at} className={block.kind}>
      {inline(withoutBullet(block.parts.join(' ')))}
    </p>
  ));
}
