import { json } from './http';

export interface Actor {
  /** Pseudonym. */
  reference: string;
  /** Null once erased, and for actors that are no person. */
  name: string | null;
}

export interface Pruning {
  id: string;
  /** As 2020-03. */
  month: string;
  state: 'PROPOSED' | 'REJECTED' | 'PRUNED';
  proposedBy: Actor;
  proposedAt: string;
  /** Whether the person who asks proposed it: then another decides. */
  own: boolean;
  decidedBy: Actor | null;
  decidedAt: string | null;
  /** Whose bodies were dropped. */
  records: number | null;
}

export const prunings = () => json<Pruning[]>('GET', '/audit/prunings');
export const proposePruning = (month: string) =>
  json<Pruning>('POST', '/audit/prunings', { body: { month } });
export const approvePruning = (id: string) =>
  json<Pruning>('POST', `/audit/prunings/${id}/approval`);
export const rejectPruning = (id: string) =>
  json<Pruning>('POST', `/audit/prunings/${id}/rejection`);

export interface LegalHold {
  id: string;
  /** Whose records; null: everyone's. */
  account: Actor | null;
  document: string | null;
  from: string | null;
  /** Exclusive. */
  to: string | null;
  reason: string;
  placedBy: Actor;
  placedAt: string;
  releasedBy: Actor | null;
  releasedAt: string | null;
}

export interface NewHold {
  /** User name, account id or pseudonym. */
  account?: string | undefined;
  document?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  reason: string;
}

export const holds = () => json<LegalHold[]>('GET', '/audit/holds');
export const placeHold = (body: NewHold) => json<LegalHold>('POST', '/audit/holds', { body });
export const releaseHold = (id: string) => json<LegalHold>('DELETE', `/audit/holds/${id}`);
