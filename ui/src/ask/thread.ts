import { ask, follow, stopAnswer } from '../api/ask';
import { Problem } from '../api/http';
import type { AskEvent, AskRequest, Rating } from '../api/types';
import { newId, pending } from './pending';
import { advance, begunTurn, newTurn, type Scope, standing, type Turn } from './turn';

/** What a thread needs of the service. */
export interface AnswerService {
  ask: (request: AskRequest, signal: AbortSignal) => AsyncIterable<AskEvent>;
  /** Takes up an answer again that goes on by itself. */
  follow: (id: string, signal: AbortSignal) => AsyncIterable<AskEvent>;
  stop: (id: string) => Promise<unknown>;
}

export interface ThreadState {
  conversation: string | null;
  turns: readonly Turn[];
  /** Key of the turn that was asked last. */
  latest: string | null;
}

const FRESH: ThreadState = { conversation: null, turns: [], latest: null };

/**
 * The questions and answers on the screen. It lives outside the components, so that an answer goes
 * on arriving while the person looks at another page. One question runs at a time.
 */
export class Thread {
  #state: ThreadState = FRESH;
  /** Also those that are asked again, and come back if no answer comes of that. */
  #turns: readonly Turn[] = [];
  #listeners = new Set<() => void>();
  #running: { key: string; id: string; abort: AbortController } | null = null;
  #count = 0;
  readonly #service: AnswerService;

  constructor(service: AnswerService) {
    this.#service = service;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): ThreadState => this.#state;

  /** Shows another conversation, or none; what runs is stopped. */
  show(conversation: string | null = null, turns: readonly Turn[] = []): void {
    this.stop();
    this.#set(turns, { conversation, latest: turns.at(-1)?.key ?? null });
  }

  /** @param instead key of the turn whose place the new one takes */
  async ask(question: string, scope: Scope, instead?: string): Promise<void> {
    this.stop();
    const id = newId();
    pending.write(id);
    const { key, abort } = this.#begin(id);
    const before = this.#turns.find((turn) => turn.key === instead);
    const replaces = before?.answer?.id ?? before?.replaces ?? null;
    this.#place({ ...newTurn(key, question, scope), replaces }, before);
    const request: AskRequest = { question, id };
    if (replaces) request.replaces = replaces;
    if (scope.collections.length > 0) request.collections = scope.collections;
    if (scope.documents.length > 0) request.documents = scope.documents;
    if (scope.from) request.from = scope.from;
    if (scope.until) request.until = scope.until;
    if (this.#state.conversation) request.conversation = this.#state.conversation;
    await this.#take(key, abort.signal, this.#service.ask(request, abort.signal));
  }

  /** Takes up the answer that was running when this conversation (or none) was left by a reload. */
  async resume(conversation: string | null): Promise<void> {
    const id = pending.read();
    if (!id || this.#running) return;
    const { key, abort } = this.#begin(id);
    await this.#take(key, abort.signal, this.#service.follow(id, abort.signal), conversation);
  }

  #begin(id: string) {
    const key = `turn-${++this.#count}`;
    const abort = new AbortController();
    this.#running = { key, id, abort };
    return { key, abort };
  }

  /** @param into the conversation that a resumed answer must belong to; undefined for a new one */
  async #take(
    key: string,
    signal: AbortSignal,
    events: AsyncIterable<AskEvent>,
    into?: string | null,
  ): Promise<void> {
    try {
      for await (const event of events) {
        if (event.type === 'begun' && into !== undefined) {
          if (event.data.conversation !== into) return;
          const { replaces } = event.data;
          this.#place(
            begunTurn(key, event.data),
            this.#turns.find(({ answer }) => answer?.id === replaces),
          );
        }
        this.#hear(key, event);
      }
      this.#update(key, (turn) =>
        turn.phase === 'running' ? { ...turn, phase: 'failed', problem: { code: 'CUT' } } : turn,
      );
    } catch (error) {
      if (signal.aborted) return;
      // Gone: it ended a while ago and is in its conversation.
      if (error instanceof Problem && error.status === 404) pending.clear();
      const problem =
        error instanceof Problem
          ? { code: error.code, status: error.status, detail: error.message }
          : { code: 'CUT' };
      this.#update(key, (turn) => ({ ...turn, phase: 'failed', problem }));
    } finally {
      if (this.#running?.key === key) this.#running = null;
    }
  }

  #hear(key: string, event: AskEvent): void {
    if (event.type === 'answer' || event.type === 'stopped' || event.type === 'error') {
      pending.clear();
    }
    if (event.type !== 'answer') {
      this.#update(key, (turn) => advance(turn, event));
      return;
    }
    const { id, conversation } = event.data;
    // It may have ended, and been read with its conversation, before it was taken up.
    const turns = this.#turns.some(({ answer }) => answer?.id === id)
      ? this.#turns.filter((turn) => turn.key !== key)
      : this.#turns.map((turn) => (turn.key === key ? advance(turn, event) : turn));
    this.#set(turns, { conversation: conversation ?? this.#state.conversation });
  }

  /** Asks the same again in place of the turn. */
  again(key: string): void {
    const turn = this.#turns.find((one) => one.key === key);
    if (turn) void this.ask(turn.question, turn.scope, key);
  }

  /** Keeps what the person said of an answer, once the service has it. */
  rated(key: string, rating: Rating): void {
    this.#update(key, (turn) => ({ ...turn, rating }));
  }

  stop(): void {
    if (!this.#running) return;
    const { key, id, abort } = this.#running;
    this.#running = null;
    abort.abort();
    pending.clear();
    // Whether it had ended already does not matter.
    this.#service.stop(id).catch(() => {});
    this.#update(key, (turn) => ({ ...turn, phase: 'stopped' }));
  }

  /** Adds a turn, in the place of another or at the end. One without an answer leaves for good. */
  #place(turn: Turn, before: Turn | undefined): void {
    const turns = [...this.#turns];
    if (!before) turns.push(turn);
    else turns.splice(turns.indexOf(before) + (before.answer ? 1 : 0), before.answer ? 0 : 1, turn);
    this.#set(turns, { latest: turn.key });
  }

  #update(key: string, change: (turn: Turn) => Turn): void {
    this.#set(this.#turns.map((turn) => (turn.key === key ? change(turn) : turn)));
  }

  #set(turns: readonly Turn[], rest: Partial<ThreadState> = {}): void {
    this.#turns = turns;
    this.#state = { ...this.#state, ...rest, turns: standing(turns) };
    for (const listener of this.#listeners) listener();
  }
}

/** The thread of this browser tab. */
export const thread = new Thread({ ask, follow, stop: stopAnswer });
