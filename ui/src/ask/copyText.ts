import type { Citation } from '../api/types';
import type { Messages } from '../i18n';
import { nameOf } from './named';
import type { Turn } from './turn';

/** The answer and its sources as plain text, for a letter or a ticket. */
export function copyText(turn: Turn, t: Messages): string {
  const { answer, quotations } = turn;
  const lines = [turn.question, ''];
  if (answer?.kind === 'refused') lines.push(t.ask.refusal);
  else if (answer?.kind === 'composed') {
    const kept = answer.sentences.filter((sentence) => sentence.verdict === 'supported');
    lines.push(
      kept.map(({ text, citations }) => text + citations.map((n) => ` [${n}]`).join('')).join(' '),
    );
  } else lines.push(...quotations.map(({ text }) => t.common.quoted(text)));
  const sources = answer?.kind === 'composed' ? answer.citations : quotations;
  if (sources.length > 0) lines.push('', `${t.ask.sources}:`, ...sources.map((s) => line(s, t)));
  return lines.join('\n');
}

function line(source: Citation, t: Messages): string {
  const page = source.pageLabel ? `, ${t.ask.page(source.pageLabel)}` : '';
  return `[${source.number}] ${nameOf(source)}${page}: ${t.common.quoted(source.text)}`;
}
