import type { Messages } from '../i18n';
import type { Turn } from './turn';

/**
 * What a screen reader is told next about a turn: each stage, the quotation, each finished sentence
 * of the draft, the verdict. Politely, one thing at a time, so that streaming never babbles.
 */
export function announcement(turn: Turn, t: Messages): string {
  const { answer } = turn;
  if (turn.phase === 'stopped') return t.ask.stopped;
  if (turn.phase === 'failed') return t.ask.failed;
  if (answer?.kind === 'refused') return t.ask.announceRefused;
  if (answer) {
    const kept = answer.sentences.filter((sentence) => sentence.verdict === 'supported').length;
    const withheld = answer.withheld > 0 ? ` ${t.ask.withheld(answer.withheld)}` : '';
    if (answer.kind === 'quotation') return t.ask.quotationOnly + withheld;
    return t.ask.announceDone(kept, answer.citations.length) + withheld;
  }
  const sentence = lastSentence(turn.draft);
  if (sentence) return sentence;
  const quotation = turn.quotations[0];
  if (quotation) return `${t.ask.announceQuotation(quotation.title)} ${quotation.text}`;
  const stage = turn.stages.at(-1)?.stage;
  return stage ? (t.ask.stages[stage] ?? '') : '';
}

/** The last sentence of a text that has come to its end, or nothing. */
export function lastSentence(text: string): string {
  const ends = [...text.matchAll(/[^.!?。]+[.!?。]+(?=\s)/g)];
  return ends.at(-1)?.[0].trim() ?? '';
}
