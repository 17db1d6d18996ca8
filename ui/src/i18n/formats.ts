/** Numbers, sizes, dates and durations in the reader's language. */
export interface Formats {
  number(value: number): string;
  bytes(value: number): string;
  date(iso: string): string;
  /** A day of the calendar, `YYYY-MM-DD`, wherever the reader is. */
  day(iso: string): string;
  /** A month of the calendar, `YYYY-MM`. */
  month(iso: string): string;
  dateTime(iso: string): string;
  /** Milliseconds as seconds with one decimal below ten. */
  seconds(millis: number): string;
  /** Milliseconds as someone would say them: in seconds, minutes or hours, rounded up. */
  duration(millis: number): string;
  list(items: readonly string[]): string;
  /** Makes what a list of documents is told in, while nobody waits for it. */
  prepare(): void;
}

// A time is told in a unit until there are this many of it.
const TOLD_UP_TO = 100;

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A format takes longer to make than to use: it is made when it is first used, and kept. */
function kept<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

export function formatsFor(locale: string): Formats {
  const dateTimes = (options: Intl.DateTimeFormatOptions) =>
    kept(() => new Intl.DateTimeFormat(locale, options));
  const numbers = (options: Intl.NumberFormatOptions = {}) =>
    kept(() => new Intl.NumberFormat(locale, options));
  const decimals = (digits: number) =>
    numbers({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  const number = numbers();
  const date = dateTimes({ dateStyle: 'medium' });
  const day = dateTimes({ dateStyle: 'medium', timeZone: 'UTC' });
  const month = dateTimes({ month: 'long', year: 'numeric', timeZone: 'UTC' });
  const dateTime = dateTimes({ dateStyle: 'medium', timeStyle: 'medium' });
  const list = kept(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const sizes = UNITS.map((unit, step) =>
    numbers({
      style: 'unit',
      unit,
      unitDisplay: step === 0 ? 'long' : 'short',
      maximumFractionDigits: step > 1 ? 1 : 0,
    }),
  );
  const times = (['second', 'minute', 'hour'] as const).map((unit) =>
    numbers({ style: 'unit', unit, unitDisplay: 'long' }),
  );
  const tenths = decimals(1);
  const whole = decimals(0);
  return {
    number: (value) => number().format(value),
    bytes: (value) => {
      const step = value < 1 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3));
      return sizes[step]?.().format(value / 1000 ** step) ?? '';
    },
    date: (iso) => date().format(new Date(iso)),
    day: (iso) => day().format(new Date(iso)),
    month: (iso) => month().format(new Date(iso)),
    dateTime: (iso) => dateTime().format(new Date(iso)),
    seconds: (millis) => (millis < 9950 ? tenths() : whole()).format(millis / 1000),
    duration: (millis) => {
      const seconds = Math.ceil(millis / 1000);
      const minutes = Math.ceil(seconds / 60);
      if (seconds < TOLD_UP_TO) return times[0]?.().format(seconds) ?? '';
      if (minutes < TOLD_UP_TO) return times[1]?.().format(minutes) ?? '';
      return times[2]?.().format(Math.ceil(minutes / 60)) ?? '';
    },
    list: (items) => list().format(items),
    prepare: () => {
      for (const make of [date, list, ...sizes]) make();
    },
  };
}
