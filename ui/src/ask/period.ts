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

/** The span that a period is today, if any. */
export function spanOf({ from, until }: Period, today: Date): Span | undefined {
  return SPANS.find((span) => {
    const days = periodOf(span, today);
    return days.from === from && days.until === until;
  });
}

/** Whether the text is a day that there is, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function day(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
