import type { Refusal } from '../api/types';
import { useMessages } from '../i18n';
import { Sources } from './Sources';

/** "Your documents do not say" is an answer too: with the reason and what came nearest. */
export function Refused({ refusal }: { refusal: Refusal }) {
  const t = useMessages();
  return (
    <section className="refused">
      <h3>{t.ask.refusal}</h3>
      <p>{t.ask.reasons[refusal.reason] ?? refusal.reason}</p>
      <p className="quiet">{t.ask.refusalHint}</p>
      <Sources title={t.ask.nearest} sources={refusal.nearest} />
    </section>
  );
}
