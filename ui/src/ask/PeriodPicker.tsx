import { useState } from 'react';
import { useMessages } from '../i18n';
import { isPossible, type Period, periodOf, SPANS, type Span, spanOf } from './period';

/** Of which days the documents are to be; the whole of time, unless something else is chosen. */
export function PeriodPicker({
  period,
  onChange,
}: {
  period: Period;
  onChange: (period: Period) => void;
}) {
  const t = useMessages();
  const [other, setOther] = useState(false);
  const named = period.from || period.until ? (spanOf(period, new Date()) ?? 'other') : 'any';
  const span = other ? 'other' : named;
  const choose = (choice: string) => {
    const chosen = choice as Span | 'other' | 'any';
    setOther(chosen === 'other');
    if (chosen !== 'other') onChange(chosen === 'any' ? {} : periodOf(chosen, new Date()));
  };
  const limit = (end: keyof Period, day: string) => {
    const { [end]: _, ...rest } = period;
    setOther(true);
    onChange(day ? { ...rest, [end]: day } : rest);
  };
  return (
    <>
      <select
        className={span === 'any' ? 'chip' : 'chip chosen'}
        aria-label={t.ask.period.title}
        value={span}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="any">{t.ask.period.any}</option>
        {SPANS.map((name) => (
          <option key={name} value={name}>
            {t.ask.period.spans[name]}
          </option>
        ))}
        <option value="other">{t.ask.period.other}</option>
      </select>
      {span === 'other' && (
        <>
          <input
            type="date"
            className="chip"
            aria-label={t.ask.period.from}
            value={period.from ?? ''}
            max={period.until}
            onChange={(event) => limit('from', event.target.value)}
          />
          <input
            type="date"
            className="chip"
            aria-label={t.ask.period.until}
            value={period.until ?? ''}
            min={period.from}
            onChange={(event) => limit('until', event.target.value)}
          />
          {!isPossible(period) && (
            <span role="alert" className="impossible small">
              {t.ask.period.impossible}
            </span>
          )}
        </>
      )}
    </>
  );
}
