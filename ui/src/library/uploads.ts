import { discardUpload, document as documentById } from '../api/client';
import { Problem } from '../api/http';
import type { LibraryDocument } from '../api/types';
import { goesInPieces, type Sending, upload } from '../api/upload';
import type { Incoming } from './dropped';
import { isFinal } from './StateBadge';
import { kept, placeOf, type Unfinished } from './unfinished';

export type UploadState = 'waiting' | 'sending' | 'away' | 'taken' | 'failed';

export interface Upload {
  key: number;
  path: string;
  target: Target;
  bytes: number;
  /** `away`: the line or the service is, and it is tried again. */
  state: UploadState;
  /** Bytes that have left this machine. */
  sent: number;
  /** Under which the service keeps what it has of a large file. */
  id: string | null;
  document: LibraryDocument | null;
  /** Whoever adds a document for others need not be able to read it, nor learn how far it is. */
  unseen: boolean;
  problem: Problem | null;
}

export interface Target {
  collection: string;
  /** None: as the collection says. */
  readers: string[];
}

/** What uploads need of the service. */
export interface UploadService {
  upload: (incoming: Incoming, target: Target, sending: Sending) => Promise<LibraryDocument>;
  discard: (id: string) => Promise<void>;
  document: (id: string) => Promise<LibraryDocument>;
}

// Two at a time keep a slow line busy while one of them waits for its reply.
const AT_ONCE = 2;
// The service reads in the order of arrival, so what is being read is among the oldest.
const LOOKED_AT_ONCE = 8;
// Between two savings of what is not sent, ms: a browser that crashes forgets no more than this.
const SAVED_EVERY = 1000;

/** Whether it is not sent yet. */
export const isUnderway = ({ state }: Upload) =>
  state === 'waiting' || state === 'sending' || state === 'away';

/** Whether the service has it and is not done with it, as far as the person may know. */
const isBeingRead = ({ document, unseen }: Upload) =>
  document !== null && !unseen && !isFinal(document.state);

/** Whether sending it once more may help; a file that was changed has to be chosen again. */
export const canRetry = ({ state, problem }: Upload) =>
  state === 'failed' && problem?.code !== 'FILE_CHANGED';

export type Outcome = 'failed' | 'running' | 'done';

export function outcomeOf(upload: Upload): Outcome {
  const read = upload.document?.state;
  if (upload.state === 'failed' || read === 'REJECTED' || read === 'FAILED') return 'failed';
  return isUnderway(upload) || isBeingRead(upload) ? 'running' : 'done';
}

/** Files on their way into the library. It lives outside the components: looking elsewhere stops nothing. */
export class Uploads {
  #uploads: readonly Upload[] = [];
  #files = new Map<number, File>();
  #queue: number[] = [];
  #sending = new Map<number, { abort: AbortController; lostByReload: boolean }>();
  #listeners = new Set<() => void>();
  #person: string | null = null;
  #paused = false;
  #unfinished: readonly Unfinished[] = [];
  #saving: ReturnType<typeof setTimeout> | null = null;
  #count = 0;
  /** Of which the person has seen a document: that another is not found then says nothing of them. */
  #seen = new Set<Target>();
  readonly #service: UploadService;

  constructor(service: UploadService) {
    this.#service = service;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): readonly Upload[] => this.#uploads;

  /** What was not sent completely when the page was left, and has not been chosen again. */
  unfinished = (): readonly Unfinished[] => this.#unfinished;

  /** Whose uploads these are from now on: somebody else’s are forgotten, the person’s own go on. */
  belongTo(person: string): void {
    if (this.#person !== null && this.#person !== person) this.stop();
    this.#paused = false;
    if (this.#person === person) {
      this.#next();
      return;
    }
    this.#person = person;
    this.#unfinished = kept.read(person);
    this.#set(this.#uploads);
  }

  /** Files that are not to be chosen again. */
  giveUp(files: readonly Unfinished[]): void {
    const places = new Set(files.map(placeOf));
    this.#unfinished = this.#unfinished.filter((one) => !places.has(placeOf(one)));
    this.#set(this.#uploads);
  }

  /** Whether leaving the page would lose something that cannot be gone on with later. */
  get lostByReload(): boolean {
    return this.#queue.length > 0 || [...this.#sending.values()].some((one) => one.lostByReload);
  }

  add(files: Incoming[], target: Target): void {
    const added = files.map(({ file, path }): Upload => {
      const key = ++this.#count;
      this.#files.set(key, file);
      this.#queue.push(key);
      return {
        key,
        path,
        target,
        bytes: file.size,
        state: 'waiting',
        sent: 0,
        id: null,
        document: null,
        unseen: false,
        problem: null,
      };
    });
    this.#set([...this.#uploads, ...added]);
    this.giveUp(added);
    this.#next();
  }

  /** Sends one that failed again; without a key, all that failed. */
  retry(key?: number): void {
    const again = this.#uploads.filter(
      (one) => canRetry(one) && (key === undefined || one.key === key),
    );
    const keys = new Set(again.map((one) => one.key));
    this.#queue.push(...keys);
    this.#set(
      this.#uploads.map((one) =>
        keys.has(one.key) ? { ...one, state: 'waiting', sent: 0, problem: null } : one,
      ),
    );
    this.#next();
  }

  /** Asks how far the service has come with what it has not finished, some at a time. */
  async look(): Promise<void> {
    const asked = this.#uploads.filter(isBeingRead).slice(0, LOOKED_AT_ONCE);
    await Promise.all(asked.map((one) => one.document && this.#look(one, one.document.id)));
  }

  async #look({ key, target }: Upload, id: string): Promise<void> {
    try {
      this.#change(key, { document: await this.#service.document(id) });
      this.#seen.add(target);
    } catch (error) {
      // Anything else passes; it is asked again.
      if (!(error instanceof Problem) || error.status !== 404) return;
      // Each question for what may not be seen is on record as denied: one answers for all.
      if (this.#seen.has(target)) this.#change(key, { unseen: true });
      else {
        this.#set(
          this.#uploads.map((one) => (one.target === target ? { ...one, unseen: true } : one)),
        );
      }
    }
  }

  cancel(key: number): void {
    this.#queue = this.#queue.filter((one) => one !== key);
    this.#sending.get(key)?.abort.abort();
    const id = this.#uploads.find((one) => one.key === key)?.id;
    this.#keep((one) => one.key !== key);
    // What stays behind where this fails expires by itself.
    if (id) void this.#service.discard(id).catch(() => {});
  }

  /** The session has ended: what is not sent waits until the person signs in again. */
  pause(): void {
    this.#paused = true;
    for (const { abort } of this.#sending.values()) abort.abort();
  }

  /**
   * Stops what is on its way and forgets all of it, names included. What the service has of large files stays there:
   * the person can go on with them.
   */
  stop(): void {
    this.#queue = [];
    for (const { abort } of this.#sending.values()) abort.abort();
    this.#sending.clear();
    this.#paused = false;
    this.#person = null;
    this.#unfinished = [];
    this.#keep(() => false);
    kept.clear();
  }

  clearFinished(): void {
    this.#keep((one) => outcomeOf(one) === 'running');
  }

  #keep(kept: (upload: Upload) => boolean): void {
    this.#set(this.#uploads.filter(kept));
    const keys = new Set(this.#uploads.map(({ key }) => key));
    for (const key of this.#files.keys()) if (!keys.has(key)) this.#files.delete(key);
  }

  #next(): void {
    while (!this.#paused && this.#sending.size < AT_ONCE) {
      const key = this.#queue.shift();
      if (key === undefined) return;
      const file = this.#files.get(key);
      const upload = this.#uploads.find((one) => one.key === key);
      if (file && upload) void this.#send(upload, file);
    }
  }

  async #send({ key, path, target }: Upload, file: File): Promise<void> {
    const abort = new AbortController();
    this.#sending.set(key, { abort, lostByReload: !goesInPieces(file) });
    this.#change(key, { state: 'sending' });
    try {
      const document = await this.#service.upload({ file, path }, target, {
        onSent: (sent) => this.#change(key, { sent, state: 'sending' }),
        onAway: () => this.#change(key, { state: 'away' }),
        onBegun: (id) => this.#change(key, { id }),
        signal: abort.signal,
      });
      this.#change(key, { state: 'taken', document, sent: file.size });
    } catch (error) {
      if (this.#paused) {
        this.#queue.unshift(key);
        this.#change(key, { state: 'waiting', sent: 0 });
      } else {
        const problem = error instanceof Problem ? error : new Problem({ detail: String(error) });
        this.#change(key, { state: 'failed', problem });
      }
    } finally {
      this.#sending.delete(key);
      this.#next();
    }
  }

  /** Writes down what is not sent, so that a reload does not lose it without a word. */
  save(): void {
    if (this.#saving) clearTimeout(this.#saving);
    this.#saving = null;
    if (this.#person === null) return;
    const notSent = this.#uploads.filter(({ state }) => state !== 'taken');
    kept.write(this.#person, [...this.#unfinished, ...notSent]);
  }

  #change(key: number, change: Partial<Upload>): void {
    this.#set(this.#uploads.map((one) => (one.key === key ? { ...one, ...change } : one)));
  }

  #set(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    this.#saving ??= setTimeout(() => this.save(), SAVED_EVERY);
    for (const listener of this.#listeners) listener();
  }
}

/** The uploads of this browser tab. */
export const uploads = new Uploads({
  upload: ({ file, path }, target, sending) => upload(file, { path, ...target }, sending),
  discard: discardUpload,
  document: documentById,
});

window.addEventListener('beforeunload', (event) => {
  if (uploads.lostByReload) event.preventDefault();
});

window.addEventListener('pagehide', () => uploads.save());
