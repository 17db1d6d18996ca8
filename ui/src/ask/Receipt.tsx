import { receiptOf } from '../api/audit';
import type { Answer } from '../api/types';
import { ProofCheck } from '../audit/ProofCheck';
import { useLanguage } from '../i18n';

/** How to find this answer again in the audit record, and what it was made with. */
export function Receipt({ answer }: { answer: Answer }) {
  const { t, format } = useLanguage();
  const { timings, model, audit } = answer;
  const seconds = (millis: number) => (millis < 0 ? null : t.ask.seconds(format.seconds(millis)));
  const rows: [string, string | null][] = [
    [t.ask.receiptQuestion, audit.intent],
    [t.ask.receiptAnswer, audit.outcome],
    [t.ask.model, model?.name ?? t.ask.noModel],
    [t.ask.fingerprint, model?.sha256 ?? null],
    [t.ask.time.search, seconds(timings.retrieveMillis)],
    [t.ask.time.quotation, seconds(timings.quotationMillis)],
    [t.ask.time.firstToken, seconds(timings.firstTokenMillis)],
    [t.ask.time.total, seconds(timings.totalMillis)],
    [
      t.ask.tokens,
      timings.generatedTokens > 0
        ? `${format.number(timings.promptTokens)} / ${format.number(timings.generatedTokens)}`
        : null,
    ],
  ];
  return (
    <details className="receipt">
      <summary>{t.ask.receipt}</summary>
      <p className="quiet small">{t.ask.receiptLead}</p>
      <dl>
        {rows.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {audit.intent && <ProofCheck load={() => receiptOf(audit.intent)} name={audit.intent} />}
    </details>
  );
}
