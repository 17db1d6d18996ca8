import type { ProblemDetail } from '../api/types';
import type { Formats, Messages } from './index';

/** What a text of the service mentions, as the person reads it. */
export interface Values {
  /** The service's own words. */
  detail: string;
  /** How long to wait before the next try; empty where nobody knows, like all that follow. */
  wait: string;
  size: string;
  name: string;
  incident: string;
  count: number;
  min: number;
  max: number;
}

export type Text = string | ((values: Values) => string);

/** The entry of a code that may be newer than this page. */
export function known<T>(entries: Readonly<Record<string, T>>, code: unknown): T | undefined {
  return typeof code === 'string' && Object.hasOwn(entries, code) ? entries[code] : undefined;
}

/** What went wrong by its reason, else by its code; undefined where the page knows neither. */
export function problemText(
  problem: ProblemDetail,
  t: Messages,
  format: Formats,
): string | undefined {
  const text =
    known<Text>(t.service.reasons, problem.reason) ?? known<Text>(t.service.problems, problem.code);
  if (typeof text !== 'function') return text;
  const { values = {}, retryAfter } = problem;
  return text({
    detail: problem.detail ?? problem.title ?? '',
    wait: retryAfter ? format.duration(retryAfter * 1000) : '',
    size: values.maxBytes ? format.bytes(Number(values.maxBytes)) : '',
    name: String(values.name ?? ''),
    incident: String(values.incident ?? ''),
    count: Number(values.count ?? 0),
    min: Number(values.min ?? 0),
    max: Number(values.max ?? 0),
  });
}

/** Why something was not taken, and what to do. */
export interface Rejection {
  reason: string;
  whatToDo: string | null;
}

/** Why a document was not taken; in the service's words where the page has none. */
export function rejection(
  document: { reason: string | null; reasonCode: string | null; whatToDo: string | null },
  t: Messages,
): Rejection | null {
  if (document.reason === null) return null;
  return (
    known(t.service.documents, document.reasonCode) ?? {
      reason: document.reason,
      whatToDo: document.whatToDo,
    }
  );
}

/** A group as people call it: the built-in one has a name in each language. */
export const groupName = (name: string, t: Messages): string =>
  known(t.service.groups, name) ?? name;
