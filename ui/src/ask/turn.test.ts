import { beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../api/http';
import type { Answer, AskEvent, AskedScope, AskRequest, Begun } from '../api/types';
import { Thread } from './thread';
import { advance, EVERYTHING, newTurn, pastTurn } from './turn';

const ANSWER: Answer = {
  id: 'a',
  kind: 'composed',
  sentences: [{ text: 'Yes.', citations: [], verdict: 'supported' }],
  quotations: [],
  citations: [],
  withheld: 0,
  refusal: null,
  model: null,
  note: null,
  timings: {
    retrieveMillis: 1,
    quotationMillis: 2,
    firstTokenMillis: -1,
    totalMillis: 3,
    promptTokens: 0,
    generatedTokens: 0,
  },
  audit: { intent: 'i', outcome: 'o' },
  conversation: 'c',
};

const ANYWHERE = { collections: [], documents: [], from: null, until: null };

const past = (question: string, answer: Answer, scope: AskedScope = ANYWHERE) =>
  pastTurn({ question, answer, scope, askedAt: '2026-11-27T10:00:00Z', rating: null });

const begun = (conversation: string | null): { type: 'begun'; data: Begun } => ({
  type: 'begun',
  data: { question: 'Is it?', scope: ANYWHERE, conversation, replaces: null },
});

test('the draft grows by tokens and gives way to the checked answer', () => {
  let turn = newTurn('k', 'Is it?', EVERYTHING);
  turn = advance(turn, { type: 'token', data: { text: 'Ye' } });
  turn = advance(turn, { type: 'token', data: { text: 's' } });
  expect(turn.draft).toBe('Yes');
  turn = advance(turn, { type: 'answer', data: ANSWER });
  expect([turn.draft, turn.phase]).toEqual(['', 'done']);
});

test('an event this page does not know changes nothing', () => {
  const turn = newTurn('k', 'Is it?', EVERYTHING);
  expect(advance(turn, { type: 'news', data: {} } as unknown as AskEvent)).toBe(turn);
});

type Events = AsyncIterable<AskEvent>;

/** @param followers what each taking up brings, the first one first; after them the service has none */
function threadThat(
  asker: (request: AskRequest, signal: AbortSignal) => Events,
  ...followers: ((signal: AbortSignal) => Events)[]
) {
  const stopped: string[] = [];
  const followed: string[] = [];
  const service = {
    ask: asker,
    follow: (id: string, signal: AbortSignal) => {
      followed.push(id);
      return (followers.shift() ?? nothing)(signal);
    },
    stop: async (id: string) => void stopped.push(id),
  };
  return Object.assign(new Thread(service, [0, 0, 0]), { stopped, followed });
}

// biome-ignore lint/correctness/useYield: it fails before its first event
async function* nothing(): Events {
  throw new Problem({ status: 404, code: 'not_found' });
}

// biome-ignore lint/correctness/useYield: it fails before its first event
async function* offline(): Events {
  throw new Problem({ status: 0, code: 'OFFLINE' });
}

async function* half(): Events {
  yield { type: 'token', data: { text: 'half' } };
}

async function* whole(): Events {
  yield begun(null);
  yield { type: 'answer', data: ANSWER };
}

/** Writes until nobody listens any more. */
async function* endless(_: unknown, signal: AbortSignal): Events {
  yield { type: 'token', data: { text: 'half' } };
  await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

function leave(conversation: string | null): void {
  sessionStorage.setItem('docent.answers', JSON.stringify([{ id: 'a1', conversation }]));
}

const left = () => JSON.parse(sessionStorage.getItem('docent.answers') ?? '[]');

beforeEach(() => sessionStorage.clear());

test('a stream that ends without an answer is a failure, not an answer', async () => {
  const thread = threadThat(async function* () {
    yield { type: 'token', data: { text: 'half' } };
  });
  await thread.ask('Is it?', EVERYTHING);
  expect(thread.snapshot().turns[0]).toMatchObject({ phase: 'failed', problem: { code: 'CUT' } });
});

test('stopping aborts the request and leaves the turn stopped', async () => {
  let seen: AbortSignal | undefined;
  const thread = threadThat((request, signal) => {
    seen = signal;
    return endless(request, signal);
  });
  const asking = thread.ask('Is it?', EVERYTHING);
  await vi.waitFor(() => expect(thread.snapshot().turns[0]?.draft).toBe('half'));
  thread.stop();
  await asking;
  expect(seen?.aborted).toBe(true);
  expect(thread.stopped).toHaveLength(1);
  expect(thread.snapshot().turns[0]?.phase).toBe('stopped');
});

test('an answer that was stopped in another tab is stopped here, without a fault', async () => {
  leave(null);
  const thread = threadThat(half, async function* () {
    yield begun(null);
    yield { type: 'token', data: { text: 'half' } };
    yield { type: 'stopped', data: {} };
  });
  await thread.resume(null);
  expect(thread.snapshot().turns[0]).toMatchObject({ phase: 'stopped', problem: null });
  expect(left()).toEqual([]);
});

test('asking again puts the same question in the place of the old turn', async () => {
  const asked: AskRequest[] = [];
  const thread = threadThat(async function* (request) {
    asked.push(request);
    yield { type: 'answer', data: ANSWER };
  });
  await thread.ask('Is it?', { collections: ['c1'], documents: [] });
  thread.again(thread.snapshot().turns[0]?.key ?? '');
  expect(thread.snapshot().turns).toHaveLength(1);
  expect(asked).toMatchObject([
    { question: 'Is it?', collections: ['c1'] },
    { question: 'Is it?', collections: ['c1'], conversation: 'c' },
  ]);
  expect(new Set(asked.map(({ id }) => id)).size).toBe(2);
});

test('what is asked again stands in the place of the old turn, with its scope', async () => {
  const asked: AskRequest[] = [];
  const thread = threadThat(async function* (request) {
    asked.push(request);
    yield { type: 'answer', data: { ...ANSWER, id: 'a2' } };
  });
  const scope = { collections: ['c1'], documents: ['d1'], from: '2026-01-01', until: null };
  thread.show('c', [past('Is it?', ANSWER, scope), past('And then?', { ...ANSWER, id: 'b' })]);
  thread.again('turn-a');
  await vi.waitFor(() => expect(thread.snapshot().turns[0]?.answer?.id).toBe('a2'));
  expect(asked).toMatchObject([
    {
      collections: ['c1'],
      documents: ['d1'],
      from: '2026-01-01',
      replaces: 'a',
      conversation: 'c',
    },
  ]);
  expect(thread.snapshot().turns.map(({ question }) => question)).toEqual(['Is it?', 'And then?']);
});

test('the old answer comes back when none comes in its place', async () => {
  const asked: AskRequest[] = [];
  const thread = threadThat(async function* (request, signal) {
    asked.push(request);
    yield { type: 'token', data: { text: 'half' } };
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  const seen = () => thread.snapshot().turns.map(({ question, phase }) => [question, phase]);
  thread.show('c', [past('Is it?', ANSWER)]);
  void thread.ask('Is it now?', EVERYTHING, 'turn-a');
  expect(seen()).toEqual([['Is it now?', 'running']]);
  thread.stop();
  expect(seen()).toEqual([
    ['Is it?', 'done'],
    ['Is it now?', 'stopped'],
  ]);
  thread.again(thread.snapshot().turns[1]?.key ?? '');
  expect(seen()).toEqual([['Is it now?', 'running']]);
  expect(asked.map(({ replaces }) => replaces)).toEqual(['a', 'a']);
});

test('a follow-up names the conversation that the first answer began', async () => {
  const asked: AskRequest[] = [];
  const thread = threadThat(async function* (request) {
    asked.push(request);
    yield { type: 'answer', data: ANSWER };
  });
  await thread.ask('Is it?', EVERYTHING);
  await thread.ask('And then?', EVERYTHING);
  expect(asked.map(({ conversation }) => conversation)).toEqual([undefined, 'c']);
});

test('an answer that was running when the page was left is taken up again, once', async () => {
  leave(null);
  const thread = threadThat(half, whole, whole);
  await thread.resume(null);
  expect(thread.snapshot().turns).toMatchObject([{ question: 'Is it?', phase: 'done' }]);
  await thread.resume(null);
  expect(thread.snapshot().turns).toHaveLength(1);
});

test('an answer that ended before its conversation was read is not shown twice', async () => {
  leave('c');
  const thread = threadThat(half, whole);
  thread.show('c', [past('Is it?', ANSWER)]);
  await thread.resume('c');
  expect(thread.snapshot().turns).toHaveLength(1);
  expect(left()).toEqual([]);
});

test('an answer of another conversation stays where it is', async () => {
  leave('other');
  const thread = threadThat(half, whole);
  thread.show('c');
  await thread.resume('c');
  expect(thread.snapshot().turns).toEqual([]);
  expect(left()).toHaveLength(1);
});

test('a lost connection is looked for again, and the answer is the same one', async () => {
  const thread = threadThat(half, offline, half, whole);
  await thread.ask('Is it?', EVERYTHING);
  const [turn] = thread.snapshot().turns;
  expect(turn).toMatchObject({ phase: 'done', away: false, answer: { id: 'a' } });
  expect(thread.followed).toEqual([turn?.askedAs, turn?.askedAs, turn?.askedAs]);
});

test('trying again finds the answer that was complete meanwhile, and asks nothing twice', async () => {
  const ask = vi.fn(half);
  const thread = threadThat(ask, offline, offline, offline, whole);
  await thread.ask('Is it?', EVERYTHING);
  expect(thread.snapshot().turns[0]).toMatchObject({
    phase: 'failed',
    problem: { code: 'OFFLINE' },
  });
  thread.again(thread.snapshot().turns[0]?.key ?? '');
  await vi.waitFor(() => expect(thread.snapshot().turns[0]?.phase).toBe('done'));
  expect(thread.snapshot()).toMatchObject({ conversation: 'c', turns: [{ question: 'Is it?' }] });
  expect(ask).toHaveBeenCalledOnce();
});

test('trying again asks anew where the question never arrived', async () => {
  const asked: (string | undefined)[] = [];
  const thread = threadThat((request) => {
    asked.push(request.id);
    return asked.length === 1 ? offline() : whole();
  });
  await thread.ask('Is it?', EVERYTHING);
  expect(thread.snapshot().turns[0]).toMatchObject({
    phase: 'failed',
    problem: { code: 'OFFLINE' },
  });
  thread.again(thread.snapshot().turns[0]?.key ?? '');
  await vi.waitFor(() => expect(thread.snapshot().turns[0]?.phase).toBe('done'));
  expect(thread.snapshot().turns).toHaveLength(1);
  expect(new Set(asked).size).toBe(2);
});

test('a refusal of the service is no lost connection', async () => {
  const thread = threadThat(nothing);
  await thread.ask('Is it?', EVERYTHING);
  expect(thread.snapshot().turns[0]).toMatchObject({ phase: 'failed', problem: { status: 404 } });
  expect(thread.followed).toEqual([]);
});

test('an answer goes on while another conversation is looked at', async () => {
  const thread = threadThat(endless, whole);
  thread.show('c', [past('What is it?', { ...ANSWER, id: 'b' })]);
  void thread.ask('Is it?', EVERYTHING);
  await vi.waitFor(() => expect(thread.snapshot().turns[1]?.draft).toBe('half'));
  thread.show('other');
  expect(thread.stopped).toEqual([]);
  expect(thread.snapshot().turns).toEqual([]);
  thread.show('c', [past('What is it?', { ...ANSWER, id: 'b' })]);
  await thread.resume('c');
  expect(thread.snapshot().turns).toMatchObject([{}, { question: 'Is it?', phase: 'done' }]);
});

test('an answer that ends off the screen leaves the screen alone', async () => {
  let end = () => {};
  const thread = threadThat(async function* () {
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    yield { type: 'answer', data: ANSWER };
  });
  const asking = thread.ask('Is it?', EVERYTHING);
  thread.show();
  end();
  await asking;
  expect(thread.snapshot()).toMatchObject({ conversation: null, turns: [], ended: 1 });
  expect(left()).toEqual([]);
  await thread.resume(null);
  expect(thread.snapshot().turns).toEqual([]);
});
