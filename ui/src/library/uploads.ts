import { Problem } from '../api/http';
import type { LibraryDocument } from '../api/types';
import { upload } from '../api/upload';
import type { Incoming } from './dropped';

export type UploadState = 'waiting' | 'sending' | 'taken' | 'failed';

export interface Upload {
  key: number;
  path: string;
  bytes: number;
  state: UploadState;
  /** Bytes that have left this machine. */
  sent: number;
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
  onSent: (bytes: number) => void,
  signal: AbortSignal,
) => Promise<LibraryDocument>;

// Two at a time keep a slow line busy while one of them waits for its reply.
const AT_ONCE = 2;

/** Files on their way into the library. It lives outside the components: looking elsewhere stops nothing. */
export class Uploads {
  #uploads: readonly Upload[] = [];
  #queue: { key: number; incoming: Incoming; target: Target }[] = [];
  #sending = new Map<number, AbortController>();
  #listeners = new Set<() => void>();
  #count = 0;
  readonly #upload: Uploader;

  constructor(uploader: Uploader) {
    this.#upload = uploader;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): readonly Upload[] => this.#uploads;

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
        document: null,
        problem: null,
      })),
    ]);
    this.#next();
  }

  cancel(key: number): void {
    this.#queue = this.#queue.filter((one) => one.key !== key);
    this.#sending.get(key)?.abort();
    this.#set(this.#uploads.filter((one) => one.key !== key));
  }

  clearFinished(): void {
    this.#set(this.#uploads.filter(({ state }) => state === 'waiting' || state === 'sending'));
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
    this.#sending.set(key, abort);
    this.#change(key, { state: 'sending' });
    try {
      const onSent = (sent: number) => this.#change(key, { sent });
      const document = await this.#upload(incoming, target, onSent, abort.signal);
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
export const uploads = new Uploads(({ file, path }, target, onSent, signal) =>
  upload(file, { path, ...target }, onSent, signal),
);

window.addEventListener('beforeunload', (event) => {
  const busy = uploads.snapshot().some(({ state }) => state === 'waiting' || state === 'sending');
  if (busy) event.preventDefault();
});
