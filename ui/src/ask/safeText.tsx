import type { ReactNode } from 'react';

/**
 * Answers and document text are untrusted. This is the whole of what they may look like: bold, code,
 * list items. A link shows its words and goes nowhere; everything else is shown as it is written.
 */
const INLINE = /\*\*([^*\n]+)\*\*|`([^`\n]+)`|!?\[([^\]\n]*)\]\([^)\n]*\)/g;

export function inline(text: string): ReactNode[] {
  const nodes: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) nodes.push(text.slice(from, match.index));
    const [whole, bold, code, label] = match;
    const key = match.index;
    if (bold !== undefined) nodes.push(<strong key={key}>{bold}</strong>);
    else if (code !== undefined) nodes.push(<code key={key}>{code}</code>);
    else nodes.push(label ?? '');
    from = match.index + whole.length;
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}

export interface TextBlock<T> {
  kind: 'paragraph' | 'item';
  parts: T[];
}

const ITEM = /^\s*(?:[-*•]|\d{1,2}[.)])\s+/;

export function isItem(text: string): boolean {
  return ITEM.test(text);
}

export function withoutBullet(text: string): string {
  return text.replace(ITEM, '');
}

/** Puts runs of text together: an item stands alone, other text flows into one paragraph. */
export function blocks<T>(parts: readonly T[], textOf: (part: T) => string): TextBlock<T>[] {
  const out: TextBlock<T>[] = [];
  for (const part of parts) {
    const kind = isItem(textOf(part)) ? 'item' : 'paragraph';
    const last = out.at(-1);
    if (kind === 'paragraph' && last?.kind === 'paragraph') last.parts.push(part);
    else out.push({ kind, parts: [part] });
  }
  return out;
}

/** Draft text, line by line. */
export function SafeText({ text }: { text: string }) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return blocks(lines, (line) => line).map((block, at) =>
    block.kind === 'item' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: text only ever grows at its end
      <p key={at} className="item">
        {inline(withoutBullet(block.parts.join(' ')))}
      </p>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: text only ever grows at its end
      <p key={at}>{inline(block.parts.join(' '))}</p>
    ),
  );
}
