import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Answer, Citation } from '../api/types';
import { en } from '../i18n/en';
import { copyText } from './copyText';
import { TurnView } from './TurnView';
import { advance, EVERYTHING, newTurn, pastTurn } from './turn';

const CITATION: Citation = {
  number: 1,
  document: 'd1',
  title: 'Travel policy',
  path: 'travel.pdf',
  collection: 'c1',
  revision: 'abc',
  mediaType: 'application/pdf',
  page: 1,
  pageLabel: '2',
  text: 'Up to 42 euros a day.',
  columns: [],
  start: 10,
  end: 31,
  boxes: [{ page: 1, x: 72, y: 100, width: 200, height: 11 }],
  foundBy: ['words'],
  score: 1,
};

const ANSWER: Answer = {
  id: 'a',
  kind: 'composed',
  sentences: [
    { text: 'It is **42 euros**.', citations: [1], verdict: 'supported' },
    { text: '', citations: [], verdict: 'withheld' },
  ],
  quotations: [CITATION],
  citations: [CITATION],
  withheld: 1,
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
  conversation: null,
};

const past = (question: string, answer: Answer) =>
  pastTurn({
    question,
    answer,
    scope: { collections: [], documents: [], from: null, until: null },
    askedAt: '2026-11-27T10:00:00Z',
    rating: null,
  });

function show(turn = past('How much?', ANSWER)) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={queries}>
      <TurnView turn={turn} onEdit={() => {}} />
    </QueryClientProvider>,
  );
}

test('a citation is a link to its words, and the address holds where they are', () => {
  show();
  const answer = screen.getByRole('region', { name: 'Answer' });
  const link = within(answer).getByRole('link', { name: 'Source 1: Travel policy' });
  expect(link.getAttribute('href')).toBe('/?doc=d1&page=2&at=10-31&box=1_72_100_200_11&rev=abc');
});

test('a withheld sentence is announced and its words are nowhere', () => {
  show();
  expect(screen.getByRole('status').textContent).toContain('1 sentence was withheld');
  expect(screen.getByText('1 sentence was withheld: no document supports it.')).toBeTruthy();
});

test('a checked sentence that begins like an item of a list keeps its number', () => {
  const sentences: Answer['sentences'] = [
    { text: '31. Dezember ist die Frist.', citations: [1], verdict: 'supported' },
  ];
  show(past('Bis wann?', { ...ANSWER, sentences, withheld: 0 }));
  const answer = screen.getByRole('region', { name: 'Answer' });
  expect(answer.textContent).toContain('31. Dezember ist die Frist.');
});

test('what streams is called a draft until it is checked', () => {
  const turn = advance(newTurn('t', 'How much?', EVERYTHING), {
    type: 'token',
    data: { text: 'It is 42 euros. Perhaps' },
  });
  show(turn);
  expect(screen.getByText('Draft, not yet checked')).toBeTruthy();
  expect(screen.getByRole('status').textContent).toBe('It is 42 euros.');
});

test('nothing stands below a draft that grows, and the sources come after its last word', () => {
  let turn = newTurn('t', 'How much?', EVERYTHING);
  turn = advance(turn, { type: 'quotation', data: { quotations: [CITATION] } });
  turn = advance(turn, { type: 'sources', data: { sources: [CITATION] } });
  turn = advance(turn, { type: 'stage', data: { stage: 'writing', millis: 20 } });
  const writing = show(turn).container;
  expect(writing.querySelectorAll('.answer .skeleton')).toHaveLength(3);
  expect(writing.querySelector('.answer')?.nextElementSibling).toBeNull();
  cleanup();

  const stopped = show(advance(turn, { type: 'stopped', data: {} })).container;
  expect(stopped.querySelector('.answer')?.nextElementSibling?.className).toBe('sources');
});

test('a refusal is an answer with the nearest passages', () => {
  const refusal = { reason: 'not_stated' as const, nearest: [CITATION] };
  show(past('Parking?', { ...ANSWER, kind: 'refused', refusal, quotations: [] }));
  expect(screen.getByRole('heading', { name: 'Your documents do not say' })).toBeTruthy();
  expect(screen.getByRole('link', { name: /Travel policy/ })).toBeTruthy();
});

test('a quoted row keeps its cells under the names of its columns', () => {
  const row = { ...CITATION, text: 'Oslo\t412', columns: ['City', 'Rate'] };
  show(past('Oslo?', { ...ANSWER, kind: 'quotation', sentences: [], quotations: [row] }));
  const table = screen.getByRole('table');
  expect(within(table).getByRole('columnheader', { name: 'Rate' })).toBeTruthy();
  expect(within(table).getByRole('cell', { name: '412' })).toBeTruthy();
});

test('a long quotation is shown around the words that answer, and all of it when asked', async () => {
  const around = 'Whatever else the section says about receipts and forms. '.repeat(5).trim();
  const long = { ...CITATION, text: `${around} ${CITATION.text} ${around}` };
  const start = around.length + 1;
  const likeliest = { start, end: start + CITATION.text.length };
  show(past('How much?', { ...ANSWER, quotations: [{ ...long, likeliest }] }));
  const quotation = screen.getByRole('figure');
  const words = () => quotation.querySelector('blockquote')?.textContent ?? '';
  expect(words()).toContain(CITATION.text);
  expect(words().length).toBeLessThan(320);
  expect(words().startsWith('… ') && words().endsWith(' …')).toBe(true);
  const all = within(quotation).getByRole('button', { name: 'Show all' });
  expect(all.getAttribute('aria-expanded')).toBe('false');
  all.focus();
  await userEvent.keyboard('{Enter}');
  expect(words()).toBe(long.text);
  const less = within(quotation).getByRole('button', { name: 'Show less' });
  expect(less.getAttribute('aria-expanded')).toBe('true');
  expect(document.activeElement).toBe(less);
});

test('a quotation that is copied is whole', () => {
  const text = 'One sentence of many words that the page has little room for. '.repeat(9).trim();
  const likeliest = { start: 0, end: 61 };
  const quotations = [{ ...CITATION, text, likeliest }];
  const turn = past('How much?', { ...ANSWER, kind: 'quotation', quotations });
  expect(copyText(turn, en)).toContain(text);
});

test('a source is called by its file too where the title does not tell it', () => {
  const filing = {
    ...CITATION,
    title: 'SECURITIES AND EXCHANGE COMMISSION',
    path: 'f/ACME_10Q.pdf',
  };
  show(past('How much?', { ...ANSWER, quotations: [filing], citations: [filing] }));
  expect(within(screen.getByRole('figure')).getByText('ACME_10Q.pdf')).toBeTruthy();
  const sources = screen.getByRole('heading', { name: 'Sources' }).closest('section');
  expect(sources?.textContent).toContain('ACME_10Q.pdf');
  const called = 'SECURITIES AND EXCHANGE COMMISSION (ACME_10Q.pdf)';
  expect(screen.getByRole('link', { name: `Source 1: ${called}` })).toBeTruthy();
  expect(screen.getByRole('link', { name: `Open ${called} at these words` })).toBeTruthy();
});

test('the receipt names both records', () => {
  show();
  expect(screen.getByText('intent-1')).toBeTruthy();
  expect(screen.getByText('outcome-1')).toBeTruthy();
});

test('the note on an answer is told by its code, and as the service says it where that is new', () => {
  const noted = { ...ANSWER, note: 'As the service says.' };
  show(past('How much?', { ...noted, noteCode: 'model_busy' }));
  expect(screen.getByText(/The language model is busy/)).toBeTruthy();
  show(past('How much?', { ...noted, noteCode: 'newer' }));
  expect(screen.getByText('As the service says.')).toBeTruthy();
});
