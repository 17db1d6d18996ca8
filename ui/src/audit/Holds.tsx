import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { moment } from '../api/audit';
import { holds, type LegalHold, placeHold, releaseHold } from '../api/retention';
import { Confirm } from '../design/Confirm';
import { Fault } from '../design/Fault';
import { Field } from '../design/Field';
import { FormSheet } from '../design/FormSheet';
import { Icon } from '../design/Icon';
import { Skeleton } from '../design/Skeleton';
import { type Formats, type Messages, useLanguage, useMessages } from '../i18n';
import { name } from './Prunings';

/** Records that stay whatever their age, until the hold on them is released. */
export function Holds() {
  const { t, format } = useLanguage();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: ['holds'], queryFn: holds });
  const [placing, setPlacing] = useState(false);
  const [released, setReleased] = useState<LegalHold | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['holds'] });

  return (
    <section className="retention" aria-labelledby="holds">
      <h2 id="holds">{t.retention.holds}</h2>
      <p className="quiet">{t.retention.holdsLead}</p>
      <button type="button" className="button fit" onClick={() => setPlacing(true)}>
        <Icon name="plus" size={18} />
        {t.retention.placeHold}
      </button>
      {error && <Fault error={error} retry={refetch} />}
      {!data && !error && <Skeleton lines={3} />}
      {data?.length === 0 && <p className="quiet">{t.retention.noHolds}</p>}
      {data && data.length > 0 && (
        <ul className="lines framed">
          {data.map((hold) => (
            <li key={hold.id}>
              <span className="line-text">
                <strong>{hold.reason}</strong>
                <span className="small">{scope(hold, t, format)}</span>
                <span className="quiet small">
                  {t.retention.placed(name(hold.placedBy), format.dateTime(hold.placedAt))}
                  {hold.releasedBy &&
                    hold.releasedAt &&
                    ` ${t.retention.released(name(hold.releasedBy), format.dateTime(hold.releasedAt))}`}
                </span>
              </span>
              {hold.releasedAt === null && (
                <button type="button" className="button small" onClick={() => setReleased(hold)}>
                  {t.retention.release}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {placing && <PlaceHold onPlaced={refresh} onClose={() => setPlacing(false)} />}
      {released && (
        <Confirm
          title={t.retention.confirmRelease(released.reason)}
          lead={t.retention.releaseLead}
          act={t.retention.release}
          onConfirm={async () => {
            await releaseHold(released.id);
            await refresh();
          }}
          onClose={() => setReleased(null)}
        />
      )}
    </section>
  );
}

function PlaceHold({
  onPlaced,
  onClose,
}: {
  onPlaced: () => Promise<unknown>;
  onClose: () => void;
}) {
  const t = useMessages();
  const save = async (form: FormData) => {
    const given = (field: string) => String(form.get(field) ?? '').trim() || undefined;
    await placeHold({
      account: given('account'),
      document: given('document'),
      from: moment(given('from'), false),
      to: moment(given('to'), true),
      reason: given('reason') ?? '',
    });
    await onPlaced();
  };
  return (
    <FormSheet
      title={t.retention.placeHold}
      act={t.retention.place}
      onSave={save}
      onClose={onClose}
    >
      <p className="quiet">{t.retention.holdScope}</p>
      <Field name="reason" label={t.retention.reason} maxLength={1000} required />
      <Field name="account" label={t.audit.person} hint={t.retention.personHint} maxLength={64} />
      <Field name="document" label={t.audit.document} hint={t.retention.documentHint} />
      <Field name="from" type="date" label={t.audit.from} />
      <Field name="to" type="date" label={t.audit.to} />
    </FormSheet>
  );
}

/** What a hold keeps, in words. */
function scope(hold: LegalHold, t: Messages, format: Formats): string {
  const parts = [
    hold.account ? t.retention.recordsOf(name(hold.account)) : t.retention.recordsOfAll,
  ];
  if (hold.document) parts.push(t.retention.aboutDocument(hold.document));
  if (hold.from) parts.push(t.retention.since(format.date(hold.from)));
  // The last day that it holds; the time itself is exclusive.
  if (hold.to) {
    parts.push(t.retention.until(format.date(new Date(Date.parse(hold.to) - 1).toISOString())));
  }
  return `${parts.join(', ')}.`;
}
