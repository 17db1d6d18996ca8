import { json, type Query, send } from './http';

export interface AuditFilter {
  actor?: string;
  act?: string;
  document?: string;
  outcome?: string;
  from?: string;
  to?: string;
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
  person: { account: string; name: string } | null;
  sequence: number | null;
  record: { data: Record<string, unknown> };
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
function moment(day: string | undefined, end: boolean): string | undefined {
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

/** Exports what the filter matches; tells how much has come so far. */
export async function exportAudit(
  filter: AuditFilter,
  format: 'csv' | 'jsonl',
  onReceived: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const response = await send('GET', '/audit/export', {
    query: { ...query(filter), format },
    accept: '*/*',
    signal,
  });
  const reader = response.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) return new Blob(chunks);
    chunks.push(piece.value);
    received += piece.value.length;
    onReceived(received);
  }
}
