import type { Totals as Counted } from '../api/audit';
import { useLanguage } from '../i18n';

const SHOWN = 8;

interface TotalsProps {
  totals: Counted;
  /** Narrows the filter to one act. */
  onAct: (act: string) => void;
}

/** How many records match, and how many there are of each act. */
export function Totals({ totals: { acts, more }, onAct }: TotalsProps) {
  const { t, format } = useLanguage();
  const all = Object.entries(acts);
  const others = all.slice(SHOWN).reduce((sum, [, count]) => sum + count, 0);
  if (more) return <p className="quiet">{t.desk.totals.more}</p>;
  if (all.length === 0) return null;
  return (
    <section className="audit-totals figures" aria-label={t.desk.totals.title}>
      <span>{t.desk.totals.all(all.reduce((sum, [, count]) => sum + count, 0))}</span>
      {all.length > 1 &&
        all.slice(0, SHOWN).map(([act, count]) => (
          <button key={act} type="button" className="button small" onClick={() => onAct(act)}>
            {t.audit.acts[act] ?? act} <strong>{format.number(count)}</strong>
          </button>
        ))}
      {others > 0 && <span className="quiet">{t.desk.totals.others(others)}</span>}
    </section>
  );
}
