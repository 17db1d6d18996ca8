import { ask, follow, stopAnswer } from '../api/ask';
import { Problem } from '../api/http';
import type { AskEvent, AskRequest, ProblemDetail, Rating } from '../api/types';
import { newId, pending } from './pending';
import { advance, begunTurn, newTurn, type Scope, standing, type Turn } from './turn';
import { typed } from './typed';

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
  /** How many answers have come to their end, on the screen or off it. */
  ended: number;
}

/** How a stream came to its end: with the answer's, because nobody listens, or too early. */
type Outcome = 'ended' | 'left' | ProblemDetail;

// Milliseconds before each try to take up an answer whose connection was lost.
const PAUSES = [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000];

const CUT: ProblemDetail = { code: 'CUT' };

/**
 * The questions and answers on the screen. It lives outside the components, so that an answer goes
 * on arriving while the person looks at another page, or at another conversation. One question runs
 * at a time on the screen.
 */
export class Thread {
  #state: ThreadState = { conversation: null, turns: [], latest: null, ended: 0 };
  /** Also those that are asked again, and come back if no answer comes of that. */
  #turns: readonly Turn[] = [];
  #listeners = new Set<() => void>();
  /** On the screen. */
  #running: { key: string; id: string } | null = null;
  /** By the answer's id, also those off the screen. */
  #following = new Map<string, AbortController>();
  /** Whether something was shown or asked since the page was loaded. */
  #used = false;
  readonly #service: AnswerService;
  readonly #pauses: readonly number[];

  constructor(service: AnswerService, pauses: readonly number[] = PAUSES) {
    this.#service = service;
    this.#pauses = pauses;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): ThreadState => this.#state;

  /** Shows another conversation, or none; what runs goes on off the screen. */
  show(conversation: string | null = null, turns: readonly Turn[] = []): void {
    this.#used = true;
    this.#running = null;
    this.#set(turns, { conversation, latest: turns.at(-1)?.key ?? null });
  }

  /** Leaves nothing of the person. */
  forget(): void {
    for (const following of this.#following.values()) following.abort();
    pending.clear();
    typed.clear();
    this.show();
  }

  /** @param instead key of the turn whose place the new one takes */
  async ask(question: string, scope: Scope, instead?: string): Promise<void> {
    this.stop();
    this.#used = true;
    const id = newId();
    pending.add(id, this.#state.conversation);
    const before = this.#turns.find((turn) => turn.key === instead);
    const replaces = before?.answer?.id ?? before?.replaces ?? null;
    const turn = { ...newTurn(`turn-${id}`, question, scope), replaces, askedAs: id };
    this.#place(turn, before);
    const request: AskRequest = { question, id };
    if (replaces) request.replaces = replaces;
    if (scope.collections.length > 0) request.collections = scope.collections;
    if (scope.documents.length > 0) request.documents = scope.documents;
    if (scope.from) request.from = scope.from;
    if (scope.until) request.until = scope.until;
    if (this.#state.conversation) request.conversation = this.#state.conversation;
    await this.#run(turn.key, id, (signal) => this.#service.ask(request, signal));
  }

  /** Takes up the answer that was being made when this conversation (or none) was left. */
  async resume(conversation: string | null): Promise<void> {
    // What began a conversation of its own is found under that, unless the page was loaded anew.
    if (conversation === null && this.#used) return;
    for (const id of pending.of(conversation)) {
      if (this.#running) return;
      const again = (signal: AbortSignal) => this.#service.follow(id, signal);
      const outcome = await this.#take(`turn-${id}`, id, again, conversation);
      if (isGone(outcome)) pending.remove(id);
    }
  }

  /** Asks the same again in place of the turn. */
  again(key: string): void {
    const turn = this.#turns.find((one) => one.key === key);
    if (!turn) return;
    if (turn.askedAs && pending.has(turn.askedAs)) {
      void this.#takeUp(turn, turn.askedAs);
    } else {
      void this.ask(turn.question, turn.scope, key);
    }
  }

  /** It may have been answered while the connection was lost; only if not, it is asked again. */
  async #takeUp(turn: Turn, id: string): Promise<void> {
    this.stop();
    this.#update(turn.key, (lost) => ({ ...lost, phase: 'running', problem: null }));
    const again = (signal: AbortSignal) => this.#service.follow(id, signal);
    const outcome = await this.#run(turn.key, id, again);
    if (!isGone(outcome)) return;
    pending.remove(id);
    void this.ask(turn.question, turn.scope, turn.key);
  }

  /** Keeps what the person said of an answer, once the service has it. */
  rated(key: string, rating: Rating): void {
    this.#update(key, (turn) => ({ ...turn, rating }));
  }

  stop(): void {
    if (!this.#running) return;
    const { key, id } = this.#running;
    this.#running = null;
    this.#following.get(id)?.abort();
    pending.remove(id);
    // Whether it had ended already does not matter.
    this.#service.stop(id).catch(() => {});
    this.#update(key, (turn) => ({ ...turn, phase: 'stopped', away: false }));
  }

  /** What is on the screen from its first event to its last. */
  async #run(
    key: string,
    id: string,
    events: (signal: AbortSignal) => AsyncIterable<AskEvent>,
  ): Promise<Outcome> {
    this.#running = { key, id };
    const outcome = await this.#take(key, id, events);
    if (this.#running?.key === key) this.#running = null;
    return outcome;
  }

  /**
   * Hears an answer to its end, over lost connections too.
   *
   * @param into the conversation in which it gets a turn anew; undefined for one that has its turn
   */
  async #take(
    key: string,
    id: string,
    events: (signal: AbortSignal) => AsyncIterable<AskEvent>,
    into?: string | null,
  ): Promise<Outcome> {
    this.#following.get(id)?.abort();
    const following = new AbortController();
    this.#following.set(id, following);
    const { signal } = following;
    let outcome = await this.#hear(key, id, events(signal), signal, into);
    for (const pause of this.#pauses) {
      if (!isLost(outcome)) break;
      this.#update(key, (turn) => ({ ...turn, away: true }));
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (signal.aborted) {
        outcome = 'left';
        break;
      }
      const next = await this.#hear(key, id, this.#service.follow(id, signal), signal, into);
      // It never arrived, or was stopped there: the first problem tells more.
      if (isGone(next)) break;
      outcome = next;
    }
    if (this.#following.get(id) === following) this.#following.delete(id);
    if (typeof outcome !== 'string') {
      const problem = outcome;
      this.#update(key, (turn) => ({ ...turn, phase: 'failed', away: false, problem }));
      if (this.#running?.key === key) this.#running = null;
    }
    return outcome;
  }

  async #hear(
    key: string,
    id: string,
    events: AsyncIterable<AskEvent>,
    signal: AbortSignal,
    into?: string | null,
  ): Promise<Outcome> {
    try {
      for await (const event of events) {
        if (event.type === 'begun' && into !== undefined) {
          this.#appear({ ...begunTurn(key, event.data), askedAs: id }, into);
        }
        const shown = this.#isShown(key);
        this.#advance(key, event);
        if (event.type === 'answer' || event.type === 'stopped' || event.type === 'error') {
          if (this.#running?.key === key) this.#running = null;
          // Off the screen, whoever read its conversation just before would miss it.
          const missed = event.type === 'answer' && !shown && !pending.begins(id);
          if (!missed) pending.remove(id);
          return 'ended';
        }
      }
      return CUT;
    } catch (error) {
      if (signal.aborted) return 'left';
      if (!(error instanceof Problem)) return CUT;
      return { ...error.body, code: error.code };
    }
  }

  /** Puts a turn on the screen that was left, where its conversation still is. */
  #appear(turn: Turn, conversation: string | null): void {
    if (this.#state.conversation !== conversation || this.#isShown(turn.key)) return;
    if (turn.askedAs) this.#running = { key: turn.key, id: turn.askedAs };
    this.#place(
      turn,
      this.#turns.find(({ answer }) => answer?.id === turn.replaces),
    );
  }

  #isShown(key: string): boolean {
    return this.#turns.some((turn) => turn.key === key);
  }

  #advance(key: string, event: AskEvent): void {
    if (event.type !== 'answer') {
      this.#update(key, (turn) => advance(turn, event));
      return;
    }
    const ended = this.#state.ended + 1;
    if (!this.#isShown(key)) {
      this.#set(this.#turns, { ended });
      return;
    }
    const { id, conversation } = event.data;
    // It may have ended, and been read with its conversation, before it was taken up.
    const turns = this.#turns.some(({ answer }) => answer?.id === id)
      ? this.#turns.filter((turn) => turn.key !== key)
      : this.#turns.map((turn) => (turn.key === key ? advance(turn, event) : turn));
    this.#set(turns, { conversation: conversation ?? this.#state.conversation, ended });
  }

  /** Adds a turn, in the place of another or at the end. One without an answer leaves for good. */
  #place(turn: Turn, before: Turn | undefined): void {
    const turns = [...this.#turns];
    if (!before) turns.push(turn);
    else turns.splice(turns.indexOf(before) + (before.answer ? 1 : 0), before.answer ? 0 : 1, turn);
    this.#set(turns, { latest: turn.key });
  }

  #update(key: string, change: (turn: Turn) => Turn): void {
    if (!this.#isShown(key)) return;
    this.#set(this.#turns.map((turn) => (turn.key === key ? change(turn) : turn)));
  }

  #set(turns: readonly Turn[], rest: Partial<ThreadState> = {}): void {
    this.#turns = turns;
    this.#state = { ...this.#state, ...rest, turns: standing(turns) };
    for (const listener of this.#listeners) listener();
  }
}

/** Whether the line was cut, here or behind a gateway, and the answer may go on. */
function isLost(outcome: Outcome): outcome is ProblemDetail {
  if (typeof outcome === 'string') return false;
  const { code, status = 0 } = outcome;
  return code === 'CUT' || code === 'OFFLINE' || (code === 'UNKNOWN' && status >= 502);
}

/** Whether the service has no such answer. */
function isGone(outcome: Outcome): boolean {
  return typeof outcome !== 'string' && outcome.status === 404;
}

/** The thread of this browser tab. */
export const thread = new Thread({ ask, follow, stop: stopAnswer });
