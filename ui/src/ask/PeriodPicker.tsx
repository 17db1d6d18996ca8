import { useState } from 'react';
import { useMessages } from '../i18n';
import { isPossible, type Period, periodOf, SPANS, type Span } from './period';

/** Of which days the documents are to be; the whole of time, unless something else is chosen. */
export function PeriodPicker({ onChange }: { onChange: (period: Period) => void }) {
  const t = useMessages();
  const [span, setSpan] = useState<Span | 'other' | 'any'>('any');
  const [own, setOwn] = useState<Period>({});
  const choose = (choice: string) => {
    const chosen = choice as typeof span;
    setSpan(chosen);
    onChange(chosen === 'any' ? {} : chosen === 'other' ? own : periodOf(chosen, new Date()));
  };
  const limit = (end: keyof Period, day: string) => {
    const { [end]: _, ...rest } = own;
    const changed = day ? { ...rest, [end]: day } : rest;
    setOwn(changed);
    onChange(changed);
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
            value={own.from ?? ''}
            max={own.until}
            onChange={(event) => limit('from', event.target.value)}
          />
          <input
            type="date"
            className="chip"
            aria-label={t.ask.period.until}
            value={own.until ?? ''}
            min={own.from}
            onChange={(event) => limit('until', event.target.value)}
          />
          {!isPossible(own) && (
            <span role="alert" className="impossible small">
              {t.ask.period.impossible}
            </span>
          )}
        </>
      )}
    </>
  );
}
