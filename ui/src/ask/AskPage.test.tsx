import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import type { Answer } from '../api/types';
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

function show() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={queries}>
      <AskPage />
    </QueryClientProvider>,
  );
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your question' });
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

beforeEach(() => {
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
