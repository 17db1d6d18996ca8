import type { Answer, AskEvent, Citation, ProblemDetail, StageName } from '../api/types';

/** What a question may be answered from; empty lists mean everything the person may read. */
export interface Scope {
  collections: string[];
  documents: string[];
}

export const EVERYTHING: Scope = { collections: [], documents: [] };

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
  phase: Phase;
  stages: StageTime[];
  quotations: Citation[];
  sources: Citation[];
  /** The text as it streams; nothing has checked it yet. */
  draft: string;
  answer: Answer | null;
  problem: ProblemDetail | null;
}

export function newTurn(key: string, question: string, scope: Scope): Turn {
  return {
    key,
    question,
    scope,
    phase: 'running',
    stages: [],
    quotations: [],
    sources: [],
    draft: '',
    answer: null,
    problem: null,
  };
}

/** A turn of an earlier day. */
export function pastTurn(key: string, question: string, answer: Answer): Turn {
  return advance(newTurn(key, question, EVERYTHING), { type: 'answer', data: answer });
}

/** The turn after one event of the stream. */
export function advance(turn: Turn, event: AskEvent): Turn {
  switch (event.type) {
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
    case 'error':
      return { ...turn, phase: 'failed', problem: event.data };
    default:
      // A newer service may tell more than this page knows; the rest still reads.
      return turn;
  }
}

/** Everything of a turn that can be opened, in the order it is shown. */
export function openable(turn: Turn): Citation[] {
  return [...turn.quotations, ...turn.sources, ...(turn.answer?.refusal?.nearest ?? [])];
}
