/** The shapes of the REST interface, as the service documents them under /q/openapi. */

export const ROLES = ['EMPLOYEE', 'COMPLIANCE_OFFICER', 'ADMINISTRATOR'] as const;
export type Role = (typeof ROLES)[number];

export interface Me {
  id: string;
  username: string;
  displayName: string;
  roles: Role[];
  groups: string[];
  mustChangePassword: boolean;
  csrf: string;
}

/** A rectangle in PDF points; the origin is the top left corner of the page as displayed. */
export interface Box {
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export type FoundBy = 'words' | 'meaning';

export interface Citation {
  number: number;
  document: string;
  title: string;
  path: string;
  collection: string;
  revision: string;
  mediaType: string;
  /** The day the document is of, `YYYY-MM-DD`; null where none is known, none in old answers. */
  date?: string | null;
  /** 0-based; null where the format has no pages. */
  page: number | null;
  pageLabel: string | null;
  text: string;
  /** The sentence in the text for whose sake it is quoted; null in a source, none in old answers. */
  likeliest?: { start: number; end: number } | null;
  /** Names of the columns over a quoted row of a table; empty where there are none, none in old answers. */
  columns?: string[];
  /** Where in the text a white space separates cells of a table without being a tab. */
  cells?: number[];
  /** UTF-16 offsets into the document's text, [start, end). */
  start: number;
  end: number;
  boxes: Box[];
  foundBy: FoundBy[];
  score: number;
}

export type StageName = 'searching' | 'reading' | 'writing' | 'checking';

export interface Sentence {
  text: string;
  citations: number[];
  verdict: 'supported' | 'withheld';
}

export interface Refusal {
  reason: 'nothing_found' | 'not_stated';
  nearest: Citation[];
}

export interface ModelIdentity {
  name: string;
  sha256: string;
}

/** Milliseconds since the question came in, and tokens; -1: did not happen. */
export interface Timings {
  retrieveMillis: number;
  quotationMillis: number;
  firstTokenMillis: number;
  totalMillis: number;
  promptTokens: number;
  generatedTokens: number;
}

export interface Answer {
  id: string;
  kind: 'composed' | 'quotation' | 'refused';
  sentences: Sentence[];
  quotations: Citation[];
  citations: Citation[];
  withheld: number;
  refusal: Refusal | null;
  model: ModelIdentity | null;
  note: string | null;
  /** The same as a stable name; none in old answers. */
  noteCode?: string | null;
  timings: Timings;
  audit: { intent: string; outcome: string };
  conversation: string | null;
}

export const RATING_REASONS = [
  'WRONG',
  'INCOMPLETE',
  'OUTDATED',
  'OFF_TOPIC',
  'NOT_FOUND',
] as const;

/** What an answer was worth to whoever asked. */
export interface Rating {
  helpful: boolean;
  /** Why it was not helpful; null where none was given. */
  reason: (typeof RATING_REASONS)[number] | null;
}

/** What a question was to be answered from; empty lists mean everything the person may read. */
export interface AskedScope {
  collections: string[];
  documents: string[];
  from: string | null;
  until: string | null;
}

export interface AskRequest {
  question: string;
  collections?: string[];
  documents?: string[];
  /** First and last day that the documents are of, `YYYY-MM-DD`. */
  from?: string;
  until?: string;
  conversation?: string;
  /** The answer of this conversation whose place the new one takes. */
  replaces?: string;
  compose?: boolean;
  /** Ours: under it the answer is taken up again after a reload. */
  id?: string;
}

export interface Begun {
  question: string;
  scope: AskedScope;
  conversation: string | null;
  replaces: string | null;
}

export type AskEvent =
  | { type: 'begun'; data: Begun }
  | { type: 'stage'; data: { stage: StageName; millis: number } }
  | { type: 'quotation'; data: { quotations: Citation[] } }
  | { type: 'sources'; data: { sources: Citation[] } }
  | { type: 'token'; data: { text: string } }
  | { type: 'answer'; data: Answer }
  /** Here or in another tab. */
  | { type: 'stopped'; data: Record<string, never> }
  | { type: 'error'; data: ProblemDetail };

/** RFC 9457. */
export interface ProblemDetail {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  /** Stable name of what exactly is wrong. */
  reason?: string;
  /** The names and numbers that the detail mentions. */
  values?: Readonly<Record<string, string | number>>;
  /** Of the reply's header: seconds to wait before the next try. */
  retryAfter?: number;
}

export interface Collection {
  id: string;
  name: string;
  description: string;
  documents: number;
  /** Whether some of those lie in folders. */
  folders: boolean;
  readers: string[];
  contributors: string[];
  /** Whether the person may add documents. */
  mayAdd: boolean;
}

export interface Folder {
  path: string;
  documents: number;
  /** Null: as the folder above says, or the collection. */
  readers: string[] | null;
}

export type DocumentState = 'QUEUED' | 'READING' | 'WORDS' | 'READY' | 'REJECTED' | 'FAILED';

/** First the pages are read, then meaning is made for the passages. */
export interface ReadingProgress {
  unit: 'PAGE' | 'SLIDE' | 'SHEET' | 'PASSAGE';
  /** The page, from 1, or the passages that are done. */
  at: number;
  /** 0 where the format tells only at its end. */
  of: number;
}

/** Bytes that a document has or had; `number` counts from 1. */
export interface Revision {
  number: number;
  sha256: string;
  bytes: number;
  acceptedAt: string;
}

export interface LibraryDocument {
  id: string;
  collection: string;
  collectionName: string;
  path: string;
  title: string;
  mediaType: string | null;
  bytes: number;
  state: DocumentState;
  /** Why it was not taken. */
  reason: string | null;
  /** The same as a stable name. */
  reasonCode: string | null;
  whatToDo: string | null;
  pages: number | null;
  passages: number | null;
  /** The day it is of, `YYYY-MM-DD`. */
  date: string | null;
  /** Null while it is not being read. */
  progress: ReadingProgress | null;
  readers: string[];
  revision: string;
  updatedAt: string;
}

/** Who may read a document, some of the people at a time. */
export interface Readership {
  /** What it has its groups from: the collection, a labelled folder, the rules of a folder on the server, a person. */
  source: 'COLLECTION' | 'FOLDER' | 'RULES' | 'HAND';
  folder: string | null;
  groups: { name: string; members: number }[];
  /** With the groups through which each may read it. */
  people: { id: string; username: string; displayName: string; groups: string[] }[];
  total: number;
}

/** What a person may read. */
export interface Readable {
  documents: number;
  collections: {
    id: string;
    name: string;
    documents: number;
    folders: { path: string; documents: number }[];
  }[];
}

/** A document that is on its way in pieces. */
export interface PartialUpload {
  id: string;
  collection: string;
  path: string;
  /** Null: as its place has it. */
  readers: string[] | null;
  bytes: number;
  /** Bytes from the start that the service has for certain. */
  received: number;
  /** Of the file: by it the same file is known again. */
  modifiedAt: string;
  expiresAt: string;
}

export interface DocumentPage {
  items: LibraryDocument[];
  total: number;
}

export interface TextPage {
  index: number;
  kind: 'PAGE' | 'SLIDE' | 'SHEET' | 'WHOLE';
  label: string;
  start: number;
  end: number;
  /** PDF points; 0 where there is no layout. */
  width: number;
  height: number;
}

export interface TextBlock {
  kind: string;
  level: number;
  start: number;
  end: number;
  page: number;
}

export interface DocumentText {
  text: string;
  pages: TextPage[];
  blocks: TextBlock[];
}

export interface Conversation {
  id: string;
  title: string;
  createdAt: string;
  updatedAt: string;
}

export interface PastTurn {
  question: string;
  scope: AskedScope;
  answer: Answer;
  askedAt: string;
  rating: Rating | null;
}

export interface ConversationPage {
  items: Conversation[];
  total: number;
}

export interface WholeConversation extends Conversation {
  turns: PastTurn[];
}

export interface User {
  id: string;
  username: string;
  displayName: string;
  roles: Role[];
  groups: string[];
  disabled: boolean;
  mustChangePassword: boolean;
  /** Until when no password is tried, after too many wrong ones. */
  lockedUntil: string | null;
  createdAt: string;
}

export interface Group {
  name: string;
  description: string;
  members: number;
}

export interface Token {
  id: string;
  name: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

export interface WebSession {
  id: string;
  userAgent: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  current: boolean;
}
