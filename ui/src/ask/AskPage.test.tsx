import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Answer, Collection } from '../api/types';
import { AskPage } from './AskPage';
import { thread } from './thread';
import { pastTurn } from './turn';

const ANSWER: Answer = {
  id: 'a',
  kind: 'composed',
  sentences: [{ text: 'It is 42 euros.', citations: [], verdict: 'supported' }],
  quotations: [],
  citations: [],
  withheld: 0,
  refusal: null,
  model: null,
  note: null,
  timings: {
    retrieveMillis: 1,
    quotationMillis: 2,
    firstTokenMillis: 3,
    totalMillis: 4,
    promptTokens: 5,
    generatedTokens: 6,
  },
  audit: { intent: 'intent-1', outcome: 'outcome-1' },
  conversation: 'c',
};

const PAPERS: Collection = {
  id: 'c1',
  name: 'Papers',
  description: '',
  documents: 3,
  folders: false,
  readers: [],
  contributors: [],
  mayAdd: false,
};

function show() {
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  queries.setQueryData(['collections'], [PAPERS]);
  return render(
    <QueryClientProvider client={queries}>
      <AskPage />
    </QueryClientProvider>,
  );
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your question' });
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

afterEach(() => {
  vi.restoreAllMocks();
  window.history.replaceState(null, '', '/');
});

beforeEach(() => {
  sessionStorage.clear();
  thread.show('c', [
    pastTurn({
      question: 'How much?',
      scope: { collections: [], documents: [], from: null, until: null },
      answer: ANSWER,
      askedAt: '2026-11-27T10:00:00Z',
      rating: null,
    }),
  ]);
});

test('the answer stays while its question is changed, and what was typed comes back', () => {
  show();
  fireEvent.change(field(), { target: { value: 'And how' } });
  click('Edit');
  expect(field().value).toBe('How much?');
  expect(screen.getByText('It is 42 euros.')).toBeTruthy();
  click('Leave as it was');
  expect(field().value).toBe('And how');
  click('Edit');
  fireEvent.keyDown(field(), { key: 'Escape' });
  expect(field().value).toBe('And how');
  expect(screen.getByText('It is 42 euros.')).toBeTruthy();
});

test('what was chosen and typed is there again after a reload, until sign-out', () => {
  const first = show();
  click('Papers 3 documents');
  fireEvent.change(screen.getByRole('combobox', { name: 'Of which time' }), {
    target: { value: 'thisYear' },
  });
  fireEvent.change(field(), { target: { value: 'And how' } });
  const year = new Date().getFullYear();
  expect(window.location.search).toBe(`?in=c1&from=${year}-01-01`);
  first.unmount();

  const ask = vi.spyOn(thread, 'ask').mockResolvedValue();
  const second = show();
  expect(field().value).toBe('And how');
  expect(
    screen.getByRole('button', { name: 'Papers 3 documents' }).getAttribute('aria-pressed'),
  ).toBe('true');
  expect(screen.getByRole<HTMLSelectElement>('combobox').value).toBe('thisYear');
  click('Ask');
  const scope = { collections: ['c1'], documents: [], from: `${year}-01-01` };
  expect(ask).toHaveBeenCalledWith('And how', scope, undefined);
  fireEvent.change(field(), { target: { value: 'Secret' } });
  second.unmount();

  expect(localStorage.length).toBe(0);
  thread.forget();
  show();
  expect(field().value).toBe('');
});

test('a question is changed within what it was asked of, which is then as it was before', () => {
  window.history.replaceState(null, '', '/?only=d1');
  const ask = vi.spyOn(thread, 'ask').mockResolvedValue();
  show();
  click('Edit');
  expect(window.location.search).toBe('');
  fireEvent.change(field(), { target: { value: 'How much now?' } });
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(ask).toHaveBeenCalledWith('How much now?', { collections: [], documents: [] }, 'turn-a');
  expect(window.location.search).toBe('?only=d1');
  expect(field().value).toBe('');
});
