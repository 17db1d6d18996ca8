import { address, json, type Query } from './http';

export interface AuditFilter {
  actor?: string;
  act?: string;
  document?: string;
  outcome?: string;
  from?: string;
  to?: string;
  /** Id of a question's record: its timeline. */
  intent?: string;
}

export interface AuditEvent {
  id: string;
  act: string;
  outcome: string;
  time: string;
  recordedAt: string;
  /** Pseudonym of who acted. */
  actor: string;
  /** Who that is; null once erased, and for actors that are no person. */
  person: { account: string; name: string; displayName: string | null } | null;
  subjects: Subject[];
  sequence: number | null;
  record: { data: Record<string, unknown>; writer?: { id: string; seq: number } };
}

/** What a record is about, by the names that whoever reads it may know now. */
export interface Subject {
  kind: 'document' | 'collection' | 'account';
  id: string;
  state: 'known' | 'hidden' | 'gone';
  name: string | null;
  /** Path of a document, user name of an account. */
  alias: string | null;
}

/** How many records match, by act, the most frequent first; of too many only that they are more. */
export interface Totals {
  acts: Record<string, number>;
  more: boolean;
}

export interface AuditPage {
  items: AuditEvent[];
  /** With the first page. */
  totals: Totals | null;
  next: string | null;
}

export const OUTCOMES = [
  'success',
  'intended',
  'refused',
  'denied',
  'cancelled',
  'failure',
  'unknown',
] as const;

/** The day of a date field in the person's own time zone, as the moment it begins (or ends). */
export function moment(day: string | undefined, end: boolean): string | undefined {
  if (!day) return undefined;
  const date = new Date(`${day}T00:00:00`);
  if (end) date.setDate(date.getDate() + 1);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** In an address: the acts by which a person sees what is in a document. */
export const SEEN = 'seen';

const ACTS_OF_SEEING = [
  'document.opened',
  'question.passages_shown',
  'question.search_completed',
  'question.refused',
];

function query({ act, from, to, ...filter }: AuditFilter): Query {
  return {
    ...filter,
    act: act === SEEN ? ACTS_OF_SEEING : act,
    from: moment(from, false),
    to: moment(to, true),
  };
}

export const auditEvents = (filter: AuditFilter, before: string) =>
  json<AuditPage>('GET', '/audit/events', {
    query: { ...query(filter), before, limit: 50, totals: before === '' ? 'true' : '' },
  });

export const auditEvent = (id: string) => json<AuditEvent>('GET', `/audit/events/${id}`);

/** What belongs to one question, oldest first. */
export const timeline = async (intent: string): Promise<AuditEvent[]> =>
  (
    await json<AuditPage>('GET', '/audit/events', { query: { intent, limit: 100 } })
  ).items.reverse();

export interface LogKey {
  epoch: number;
  /** name+id+base64, as C2SP signed-note has it. */
  key: string;
  statement: string | null;
}

export interface ProvedRecord {
  id: string;
  act: string;
  outcome: string;
  time: string;
  record: unknown;
  /** Place in the tree; null until sealed, like the leaf. */
  sequence: number | null;
  leaf: string | null;
  path: string[];
}

export interface Proof {
  checkpoint: string | null;
  treeSize: number | null;
  root: string | null;
  keys: LogKey[];
  records: ProvedRecord[];
}

export const proofOf = (id: string) => json<Proof>('GET', `/audit/events/${id}/proof`);
/** The records of an own answer, each with its proof, by the id of the question's record. */
export const receiptOf = (intent: string) => json<Proof>('GET', `/audit/receipts/${intent}`);

/** The last check of the whole log by the service itself; nulls: none yet. */
export interface LogVerification {
  running: boolean;
  /** Records it has looked at. */
  checked: number;
  at: string | null;
  valid: boolean | null;
  size: number | null;
  firstBad: number | null;
}

export interface LogHealth {
  state: string;
  /** In the service's words; empty while all is well. */
  reason: string;
  head: { origin: string; epoch: number; size: number; root: string; signedAt: string } | null;
  waiting: number;
  lagMillis: number;
  /** Null: none is configured. */
  witness: {
    state: 'waiting' | 'signed' | 'unavailable' | 'conflict';
    reason: string;
    lastSigned: string | null;
  } | null;
  witnessed: { witnesses: string[]; size: number; signedAt: string } | null;
  syslogProblem: string | null;
  verification: LogVerification;
}

export const logHealth = () => json<LogHealth>('GET', '/audit/health');
/** Has the service check the whole log; health tells how far it is, and what it found. */
export const checkLog = () => json<LogVerification>('POST', '/audit/verifications');

export const EXPORT_FORMS = ['bundle', 'jsonl', 'csv'] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];

/** An own export that runs, wherever it was begun. */
export interface RunningExport {
  /** Of the export's record. */
  id: string;
  format: 'bundle' | 'json_lines' | 'csv';
  /** Written so far. */
  records: number;
  total: number;
  /** Newest records of the log that are not signed yet, and so not in it. */
  waiting: number;
  startedAt: string;
}

export const runningExports = () => json<RunningExport[]>('GET', '/audit/exports');
export const cancelExport = (id: string) => json<void>('DELETE', `/audit/exports/${id}`);

/** Where the browser gets what the filter matches, as a file. */
export const exportAddress = (filter: AuditFilter, format: ExportForm) =>
  address('/audit/export', { ...query(filter), format });
