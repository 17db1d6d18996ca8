import type { AuditEvent } from '../api/audit';
import { Sheet } from '../design/Sheet';
import { useLanguage } from '../i18n';
import { shown, story } from './plain';

/** One record: told first, then all its fields. */
export function RecordSheet({ event, onClose }: { event: AuditEvent; onClose: () => void }) {
  const { t, format } = useLanguage();
  const rows: [string, string][] = [
    [t.audit.number, event.id],
    [t.audit.act, event.act],
    [t.audit.outcome, t.audit.outcomes[event.outcome] ?? event.outcome],
    [t.audit.person, event.actor],
    [t.audit.recordedAt, format.dateTime(event.recordedAt)],
    ...Object.entries(event.record.data).map(([name, value]): [string, string] => [
      name,
      shown(value),
    ]),
  ];
  return (
    <Sheet title={t.audit.record} onClose={onClose} wide>
      {story(event, t, format).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <h3>{t.audit.fields}</h3>
      <dl className="record-fields" tabIndex={0}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="sheet-actions">
        <button type="button" className="button" onClick={onClose}>
          {t.common.close}
        </button>
      </div>
    </Sheet>
  );
}
