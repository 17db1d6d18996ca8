import { address, json, rememberCsrfToken } from './http';
import type {
  Collection,
  Conversation,
  ConversationPage,
  DocumentPage,
  DocumentText,
  Folder,
  Group,
  LibraryDocument,
  Me,
  PartialUpload,
  Readable,
  Readership,
  Revision,
  Role,
  Token,
  User,
  WebSession,
  WholeConversation,
} from './types';

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
export const changePassword = (current: string, replacement: string) =>
  json<void>('POST', '/me/password', { body: { current, replacement } });
export const tokens = () => json<Token[]>('GET', '/me/tokens');
export const createToken = (name: string) =>
  json<{ id: string; name: string; token: string }>('POST', '/me/tokens', { body: { name } });
export const revokeToken = (id: string) => json<void>('DELETE', `/me/tokens/${id}`);
export const sessions = () => json<WebSession[]>('GET', '/me/sessions');
export const closeSession = (id: string) => json<void>('DELETE', `/me/sessions/${id}`);

/** @param q part of a title or of a question; empty: all */
export const conversations = (q: string, offset: number) =>
  json<ConversationPage>('GET', '/conversations', { query: { q, offset } });
export const conversation = (id: string) => json<WholeConversation>('GET', `/conversations/${id}`);
export const renameConversation = (id: string, title: string) =>
  json<Conversation>('PATCH', `/conversations/${id}`, { body: { title } });
export const removeConversation = (id: string) => json<void>('DELETE', `/conversations/${id}`);

export interface CollectionChange {
  name: string;
  description: string;
  readers: string[];
  contributors: string[];
}
export const collections = () => json<Collection[]>('GET', '/collections');
export const createCollection = (body: CollectionChange) =>
  json<Collection>('POST', '/collections', { body });
export const changeCollection = (id: string, body: CollectionChange) =>
  json<Collection>('PATCH', `/collections/${id}`, { body });
export const folders = (collection: string) =>
  json<Folder[]>('GET', `/collections/${collection}/folders`);
export const labelFolder = (collection: string, path: string, readers: string[]) =>
  json<{ documents: number }>('PUT', `/collections/${collection}/folders`, {
    body: { path, readers },
  });
export const giveBackFolder = (collection: string, path: string) =>
  json<{ documents: number }>('DELETE', `/collections/${collection}/folders`, { query: { path } });
export const removeCollection = (id: string) => json<void>('DELETE', `/collections/${id}`);

export interface DocumentFilter {
  collection?: string;
  state?: string;
  q?: string;
  sort?: string;
}
export const documents = (filter: DocumentFilter, offset: number, limit: number) =>
  json<DocumentPage>('GET', '/documents', { query: { ...filter, offset, limit } });
export const document = (id: string) => json<LibraryDocument>('GET', `/documents/${id}`);
/** Newest first. */
export const revisions = (id: string) => json<Revision[]>('GET', `/documents/${id}/revisions`);
export const documentText = (id: string) => json<DocumentText>('GET', `/documents/${id}/text`);
export const pageAddress = (id: string, page: number) => address(`/documents/${id}/pages/${page}`);
export const contentAddress = (id: string) => address(`/documents/${id}/content`);
export const setReaders = (id: string, readers: string[]) =>
  json<LibraryDocument>('PUT', `/documents/${id}/readers`, { body: { readers } });
/** The document follows its folder again, or its collection. */
export const giveBackReaders = (id: string) =>
  json<LibraryDocument>('DELETE', `/documents/${id}/readers`);
export const readership = (id: string, offset: number) =>
  json<Readership>('GET', `/documents/${id}/readers`, { query: { offset } });
export const reread = (id: string) => json<LibraryDocument>('POST', `/documents/${id}/reread`);
export const removeDocument = (id: string) => json<void>('DELETE', `/documents/${id}`);

/** The person's own uploads that were broken off. */
export const unfinishedUploads = () => json<PartialUpload[]>('GET', '/uploads');
export const discardUpload = (id: string) => json<void>('DELETE', `/uploads/${id}`);

export interface NewUser {
  username: string;
  displayName: string;
  password: string;
  roles: Role[];
  groups: string[];
}
export type UserChange = Partial<Omit<NewUser, 'username'>> & { disabled?: boolean };
export const users = () => json<User[]>('GET', '/users');
export const createUser = (body: NewUser) => json<User>('POST', '/users', { body });
export const changeUser = (id: string, body: UserChange) =>
  json<User>('PATCH', `/users/${id}`, { body });
export const readableBy = (id: string) => json<Readable>('GET', `/users/${id}/readable`);
export const unlockUser = (id: string) => json<void>('DELETE', `/users/${id}/lock`);
export const endSessions = (id: string) => json<void>('DELETE', `/users/${id}/sessions`);

export const groups = () => json<Group[]>('GET', '/groups');
export const createGroup = (name: string, description: string) =>
  json<Group>('POST', '/groups', { body: { name, description } });
export const removeGroup = (name: string) =>
  json<void>('DELETE', `/groups/${encodeURIComponent(name)}`);
