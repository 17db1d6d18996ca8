import { json, type Query, send } from './http';

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

export interface AuditPage {
  items: AuditEvent[];
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

function query({ from, to, ...filter }: AuditFilter): Query {
  return { ...filter, from: moment(from, false), to: moment(to, true) };
}

export const auditEvents = (filter: AuditFilter, before: string) =>
  json<AuditPage>('GET', '/audit/events', { query: { ...query(filter), before, limit: 50 } });

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

export interface ExportProgress {
  /** Id of the export's record; null until it has begun. */
  id: string | null;
  /** Received so far. */
  bytes: number;
  /** Written by the service so far. */
  records: number;
  /** Records in all; null until it is known. */
  total: number | null;
}

export const cancelExport = (id: string) => json<void>('DELETE', `/audit/exports/${id}`);

const PROGRESS_EVERY_MILLIS = 1000;

/** Exports what the filter matches, and tells how far it is; the browser keeps the bytes. */
export async function exportAudit(
  filter: AuditFilter,
  format: ExportForm,
  onProgress: (progress: ExportProgress) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const response = await send('GET', '/audit/export', {
    query: { ...query(filter), format },
    accept: '*/*',
    signal,
  });
  const progress: ExportProgress = {
    id: response.headers.get('x-audit-export'),
    bytes: 0,
    records: 0,
    total: Number(response.headers.get('x-audit-records')),
  };
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, onwards) {
      progress.bytes += piece.length;
      onwards.enqueue(piece);
    },
  });
  const timer = setInterval(async () => {
    const running = await json<{ id: string; records: number }[]>('GET', '/audit/exports').catch(
      () => [],
    );
    progress.records = running.find(({ id }) => id === progress.id)?.records ?? progress.records;
    onProgress({ ...progress });
  }, PROGRESS_EVERY_MILLIS);
  onProgress({ ...progress });
  try {
    return await new Response(response.body?.pipeThrough(counted) ?? null).blob();
  } finally {
    clearInterval(timer);
  }
}
