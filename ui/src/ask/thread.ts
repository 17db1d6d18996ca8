import { ask } from '../api/ask';
import { Problem } from '../api/http';
import type { AskEvent, AskRequest } from '../api/types';
import { advance, newTurn, type Scope, type Turn } from './turn';

export type Asker = (request: AskRequest, signal: AbortSignal) => AsyncIterable<AskEvent>;

export interface ThreadState {
  conversation: string | null;
  turns: readonly Turn[];
}

const FRESH: ThreadState = { conversation: null, turns: [] };

/**
 * The questions and answers on the screen. It lives outside the components, so that an answer goes
 * on arriving while the person looks at another page. One question runs at a time.
 */
export class Thread {
  #state: ThreadState = FRESH;
  #listeners = new Set<() => void>();
  #running: { key: string; abort: AbortController } | null = null;
  #count = 0;
  readonly #ask: Asker;

  constructor(asker: Asker) {
    this.#ask = asker;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): ThreadState => this.#state;

  /** Shows another conversation, or none; what runs is stopped. */
  show(state: ThreadState = FRESH): void {
    this.stop();
    this.#set(state);
  }

  async ask(question: string, scope: Scope): Promise<void> {
    this.stop();
    const key = `turn-${++this.#count}`;
    const abort = new AbortController();
    this.#running = { key, abort };
    this.#set({ ...this.#state, turns: [...this.#state.turns, newTurn(key, question, scope)] });
    const request: AskRequest = { question };
    if (scope.collections.length > 0) request.collections = scope.collections;
    if (scope.documents.length > 0) request.documents = scope.documents;
    if (this.#state.conversation) request.conversation = this.#state.conversation;
    try {
      for await (const event of this.#ask(request, abort.signal)) {
        this.#update(key, (turn) => advance(turn, event));
        if (event.type === 'answer' && event.data.conversation) {
          this.#set({ ...this.#state, conversation: event.data.conversation });
        }
      }
      this.#update(key, (turn) =>
        turn.phase === 'running' ? { ...turn, phase: 'failed', problem: { code: 'CUT' } } : turn,
      );
    } catch (error) {
      if (abort.signal.aborted) return;
      const problem =
        error instanceof Problem
          ? { code: error.code, status: error.status, detail: error.message }
          : { code: 'CUT' };
      this.#update(key, (turn) => ({ ...turn, phase: 'failed', problem }));
    } finally {
      if (this.#running?.key === key) this.#running = null;
    }
  }

  /** Asks the same again in place of the turn. */
  again(key: string): void {
    const turn = this.#remove(key);
    if (turn) void this.ask(turn.question, turn.scope);
  }

  /** Takes the turn off the screen and gives its question back for editing. */
  edit(key: string): string {
    return this.#remove(key)?.question ?? '';
  }

  stop(): void {
    if (!this.#running) return;
    const { key, abort } = this.#running;
    this.#running = null;
    abort.abort();
    this.#update(key, (turn) => ({ ...turn, phase: 'stopped' }));
  }

  #remove(key: string): Turn | undefined {
    if (this.#running?.key === key) this.stop();
    const turn = this.#state.turns.find((one) => one.key === key);
    this.#set({ ...this.#state, turns: this.#state.turns.filter((one) => one.key !== key) });
    return turn;
  }

  #update(key: string, change: (turn: Turn) => Turn): void {
    this.#set({
      ...this.#state,
      turns: this.#state.turns.map((turn) => (turn.key === key ? change(turn) : turn)),
    });
  }

  #set(state: ThreadState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** The thread of this browser tab. */
export const thread = new Thread(ask);
