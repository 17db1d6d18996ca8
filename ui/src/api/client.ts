import { address, json, rememberCsrfToken } from './http';
import type {
  Collection,
  Conversation,
  DocumentPage,
  DocumentText,
  LibraryDocument,
  Me,
  Status,
} from './types';

/** Lists come bare or as `{items}`; screens want the bare list. */
function items<T>(reply: T[] | { items: T[] }): T[] {
  return Array.isArray(reply) ? reply : reply.items;
}

async function list<T>(path: string): Promise<T[]> {
  return items(await json<T[] | { items: T[] }>('GET', path));
}

export async function signIn(username: string, password: string): Promise<Me> {
  await json('POST', '/session', { body: { username, password } });
  return me();
}

export async function me(): Promise<Me> {
  const account = await json<Me>('GET', '/me');
  rememberCsrfToken(account.csrf);
  return account;
}

export const signOut = () => json<void>('DELETE', '/session');
export const status = () => json<Status>('GET', '/status');
export const collections = () => list<Collection>('/collections');
export const conversations = () => list<Conversation>('/conversations');

export interface DocumentFilter {
  collection?: string | undefined;
  state?: string | undefined;
  q?: string | undefined;
  sort?: string | undefined;
  offset?: number | undefined;
  limit?: number | undefined;
}

export const documents = (filter: DocumentFilter) =>
  json<DocumentPage>('GET', '/documents', { query: { ...filter } });
export const document = (id: string) => json<LibraryDocument>('GET', `/documents/${id}`);
export const documentText = (id: string) => json<DocumentText>('GET', `/documents/${id}/text`);
export const contentAddress = (id: string) => address(`/documents/${id}/content`);
