import type {
  Answer,
  AskEvent,
  AskedScope,
  Begun,
  Citation,
  PastTurn,
  ProblemDetail,
  Rating,
  StageName,
} from '../api/types';
import type { Period } from './period';

/** What a question may be answered from; empty lists mean everything the person may read. */
export interface Scope extends Period {
  collections: string[];
  documents: string[];
}

export const EVERYTHING: Scope = { collections: [], documents: [] };

function scopeOf({ from, until, ...lists }: AskedScope): Scope {
  return { ...lists, ...(from ? { from } : {}), ...(until ? { until } : {}) };
}

export interface StageTime {
  stage: StageName;
  /** Milliseconds after the question at which the stage began. */
  millis: number;
}

export type Phase = 'running' | 'done' | 'stopped' | 'failed';

/** One question and all that has come back for it so far. */
export interface Turn {
  key: string;
  question: string;
  scope: Scope;
  /** Id of the answer in whose place it stands. */
  replaces: string | null;
  /** Id under which it is taken up again; null for one of an earlier day. */
  askedAs: string | null;
  phase: Phase;
  /** Whether its connection is lost and being looked for. */
  away: boolean;
  stages: StageTime[];
  quotations: Citation[];
  sources: Citation[];
  /** The text as it streams; nothing has checked it yet. */
  draft: string;
  answer: Answer | null;
  rating: Rating | null;
  problem: ProblemDetail | null;
}

export function newTurn(key: string, question: string, scope: Scope): Turn {
  return {
    key,
    question,
    scope,
    replaces: null,
    askedAs: null,
    phase: 'running',
    away: false,
    stages: [],
    quotations: [],
    sources: [],
    draft: '',
    answer: null,
    rating: null,
    problem: null,
  };
}

/** A turn of an earlier day. */
export function pastTurn({ question, scope, answer, rating }: PastTurn): Turn {
  const turn = newTurn(`turn-${answer.id}`, question, scopeOf(scope));
  return { ...advance(turn, { type: 'answer', data: answer }), rating };
}

/** A turn that is on its way. */
export function begunTurn(key: string, { question, scope, replaces }: Begun): Turn {
  return { ...newTurn(key, question, scopeOf(scope)), replaces };
}

/** The turns to be seen: one that is asked again gives its place away, unless no answer comes of it. */
export function standing(turns: readonly Turn[]): readonly Turn[] {
  const replaced = new Set(
    turns
      .filter(({ phase }) => phase === 'running' || phase === 'done')
      .map(({ replaces }) => replaces),
  );
  return turns.filter(({ answer }) => !answer || !replaced.has(answer.id));
}

/** The turn after one event of the stream. */
export function advance(turn: Turn, event: AskEvent): Turn {
  switch (event.type) {
    case 'begun':
      return { ...begunTurn(turn.key, event.data), askedAs: turn.askedAs };
    case 'stage':
      return { ...turn, stages: [...turn.stages, event.data] };
    case 'quotation':
      return { ...turn, quotations: event.data.quotations };
    case 'sources':
      return { ...turn, sources: event.data.sources };
    case 'token':
      return { ...turn, draft: turn.draft + event.data.text };
    case 'answer':
      return {
        ...turn,
        phase: 'done',
        answer: event.data,
        quotations: event.data.quotations,
        sources: event.data.citations.length > 0 ? event.data.citations : turn.sources,
        draft: '',
      };
    case 'stopped':
      return { ...turn, phase: 'stopped' };
    case 'error':
      return { ...turn, phase: 'failed', problem: event.data };
    default:
      // A newer service may tell more than this page knows; the rest still reads.
      return turn;
  }
}

/** Whether a model writes or wrote the answer while it is looked at. */
export function isWritten({ stages }: Turn): boolean {
  return stages.some(({ stage }) => stage === 'writing');
}

/** The words that a turn rests on, in the order they are shown: what the reader marks. */
export function marked(turn: Turn): Citation[] {
  const cited = new Set(turn.answer?.sentences.flatMap(({ citations }) => citations));
  return [...turn.quotations, ...turn.sources.filter(({ number }) => cited.has(number))];
}
