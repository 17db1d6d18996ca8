/** Days that documents are of, `YYYY-MM-DD`, the first and the last included; without an end, all. */
export interface Period {
  from?: string;
  until?: string;
}

export const SPANS = ['days30', 'months12', 'thisYear', 'lastYear'] as const;
export type Span = (typeof SPANS)[number];

/** The days of a span as it is today. */
export function periodOf(span: Span, today: Date): Period {
  const year = today.getFullYear();
  switch (span) {
    case 'days30':
      return { from: day(new Date(year, today.getMonth(), today.getDate() - 30)) };
    case 'months12':
      return { from: day(new Date(year - 1, today.getMonth(), today.getDate())) };
    case 'thisYear':
      return { from: `${year}-01-01` };
    case 'lastYear':
      return { from: `${year - 1}-01-01`, until: `${year - 1}-12-31` };
  }
}

/** Whether the period does not end before it begins. */
export function isPossible({ from, until }: Period): boolean {
  return !from || !until || from <= until;
}

function day(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
