import { useEffect, useState } from 'react';
import { Icon } from '../design/Icon';
import { useLanguage } from '../i18n';
import type { Turn } from './turn';

/** What is being done and how long each step took. */
export function Stages({ turn }: { turn: Turn }) {
  const { t, format } = useLanguage();
  const running = turn.phase === 'running';
  const now = useElapsed(running);
  const total = turn.answer?.timings.totalMillis ?? null;
  if (turn.answer && turn.stages.length === 0) return null;
  return (
    <ol className="stages figures" aria-label={t.ask.progress}>
      {turn.stages.map(({ stage, millis }, at) => {
        const next = turn.stages[at + 1]?.millis;
        const current = running && next === undefined;
        const end = next ?? (running ? now : total);
        return (
          <li key={stage} data-current={current || undefined}>
            {current ? <span className="pulse" /> : <Icon name="check" size={14} />}
            {t.ask.stages[stage] ?? stage}
            {end !== null && (
              <span className="quiet">
                {t.ask.seconds(format.seconds(Math.max(0, end - millis)))}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** Milliseconds since mounting, twice a second, while something runs. */
function useElapsed(running: boolean): number {
  const [begun] = useState(() => performance.now());
  const [now, setNow] = useState(begun);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, [running]);
  return now - begun;
}
