import { discardUpload } from '../api/client';
import { Problem } from '../api/http';
import type { LibraryDocument } from '../api/types';
import { goesInPieces, type Sending, upload } from '../api/upload';
import type { Incoming } from './dropped';

export type UploadState = 'waiting' | 'sending' | 'away' | 'taken' | 'failed';

export interface Upload {
  key: number;
  path: string;
  bytes: number;
  /** `away`: the line or the service is, and it is tried again. */
  state: UploadState;
  /** Bytes that have left this machine. */
  sent: number;
  /** Under which the service keeps what it has of a large file. */
  id: string | null;
  document: LibraryDocument | null;
  problem: Problem | null;
}

export interface Target {
  collection: string;
  /** None: as the collection says. */
  readers: string[];
}

export type Uploader = (
  incoming: Incoming,
  target: Target,
  sending: Sending,
) => Promise<LibraryDocument>;

// Two at a time keep a slow line busy while one of them waits for its reply.
const AT_ONCE = 2;

/** Whether nothing has become of it yet. */
export const isUnderway = ({ state }: Upload) =>
  state === 'waiting' || state === 'sending' || state === 'away';

/** Files on their way into the library. It lives outside the components: looking elsewhere stops nothing. */
export class Uploads {
  #uploads: readonly Upload[] = [];
  #queue: { key: number; incoming: Incoming; target: Target }[] = [];
  #sending = new Map<number, { abort: AbortController; lostByReload: boolean }>();
  #listeners = new Set<() => void>();
  #count = 0;
  readonly #upload: Uploader;
  readonly #discard: (id: string) => Promise<void>;

  constructor(uploader: Uploader, discard: (id: string) => Promise<void>) {
    this.#upload = uploader;
    this.#discard = discard;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): readonly Upload[] => this.#uploads;

  /** Whether leaving the page would lose something that cannot be gone on with later. */
  get lostByReload(): boolean {
    return this.#queue.length > 0 || [...this.#sending.values()].some((one) => one.lostByReload);
  }

  add(files: Incoming[], target: Target): void {
    const added = files.map((incoming) => ({ key: ++this.#count, incoming, target }));
    this.#queue.push(...added);
    this.#set([
      ...this.#uploads,
      ...added.map(({ key, incoming }) => ({
        key,
        path: incoming.path,
        bytes: incoming.file.size,
        state: 'waiting' as const,
        sent: 0,
        id: null,
        document: null,
        problem: null,
      })),
    ]);
    this.#next();
  }

  cancel(key: number): void {
    this.#queue = this.#queue.filter((one) => one.key !== key);
    this.#sending.get(key)?.abort.abort();
    const id = this.#uploads.find((one) => one.key === key)?.id;
    this.#set(this.#uploads.filter((one) => one.key !== key));
    // What stays behind where this fails expires by itself.
    if (id) void this.#discard(id).catch(() => {});
  }

  /**
   * Stops what is on its way and forgets all of it. What the service has of large files stays there:
   * the person can go on with them.
   */
  stop(): void {
    this.#queue = [];
    for (const { abort } of this.#sending.values()) abort.abort();
    this.#sending.clear();
    this.#set([]);
  }

  clearFinished(): void {
    this.#set(this.#uploads.filter(isUnderway));
  }

  #next(): void {
    while (this.#sending.size < AT_ONCE) {
      const next = this.#queue.shift();
      if (!next) return;
      void this.#send(next.key, next.incoming, next.target);
    }
  }

  async #send(key: number, incoming: Incoming, target: Target): Promise<void> {
    const abort = new AbortController();
    this.#sending.set(key, { abort, lostByReload: !goesInPieces(incoming.file) });
    this.#change(key, { state: 'sending' });
    try {
      const document = await this.#upload(incoming, target, {
        onSent: (sent) => this.#change(key, { sent, state: 'sending' }),
        onAway: () => this.#change(key, { state: 'away' }),
        onBegun: (id) => this.#change(key, { id }),
        signal: abort.signal,
      });
      this.#change(key, { state: 'taken', document, sent: incoming.file.size });
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem({ detail: String(error) });
      this.#change(key, { state: 'failed', problem });
    } finally {
      this.#sending.delete(key);
      this.#next();
    }
  }

  #change(key: number, change: Partial<Upload>): void {
    this.#set(this.#uploads.map((one) => (one.key === key ? { ...one, ...change } : one)));
  }

  #set(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    for (const listener of this.#listeners) listener();
  }
}

/** The uploads of this browser tab. */
export const uploads = new Uploads(
  ({ file, path }, target, sending) => upload(file, { path, ...target }, sending),
  discardUpload,
);

window.addEventListener('beforeunload', (event) => {
  if (uploads.lostByReload) event.preventDefault();
});
