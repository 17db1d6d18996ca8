import { expect, test } from 'vitest';
import type { Citation } from '../api/types';
import { fileBeside, nameOf } from './named';

const citation = (title: string, path: string) => ({ title, path }) as Citation;

test.each([
  ['UNITED STATES SECURITIES AND EXCHANGE COMMISSION', 'filings/BESTBUY_2024Q2_10Q.pdf', true],
  ['Travel rates', 'policies/travel-rates-2025.pdf', true],
  ['Information Security Policy', 'policies/information-security-policy.pdf', false],
  ['Best Buy 10-Q 2024 Q2', 'best_buy_2024Q2_10Q.pdf', false],
  ['Reisekostenrichtlinie für alle', 'Reisekostenrichtlinie.docx', false],
])('beside "%s" the file of %s is named: %s', (title, path, named) => {
  const file = path.slice(path.lastIndexOf('/') + 1);
  expect(fileBeside(citation(title, path))).toBe(named ? file : null);
  expect(nameOf(citation(title, path))).toBe(named ? `${title} (${file})` : title);
});
