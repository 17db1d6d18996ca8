import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { type AuditEvent, auditEvent, proofOf } from '../api/audit';
import { useScreen } from '../app/screen';
import { Fault } from '../design/Fault';
import { Icon } from '../design/Icon';
import { Skeleton } from '../design/Skeleton';
import { useLanguage } from '../i18n';
import { ProofCheck } from './ProofCheck';
import { act, shown, story } from './plain';
import { intentOf, Timeline } from './Timeline';
import './audit.css';

/** One record: told first, then its question, its proof and all its fields. */
export default function RecordPage() {
  const { t } = useLanguage();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'record', id],
    queryFn: () => auditEvent(id),
  });
  useScreen(data && `${act(data, t)} · ${t.audit.title}`);
  return (
    <div className="page narrow record">
      <Link href="/audit" className="back">
        <Icon name="back" size={16} />
        {t.audit.back}
      </Link>
      {error && <Fault error={error} retry={refetch} />}
      {!data && !error && <Skeleton lines={8} />}
      {data && <Record event={data} />}
    </div>
  );
}

function Record({ event }: { event: AuditEvent }) {
  const { t, format } = useLanguage();
  const intent = intentOf(event);
  const rows: [string, string][] = [
    [t.audit.number, event.id],
    [t.audit.act, event.act],
    [t.audit.outcome, t.audit.outcomes[event.outcome] ?? event.outcome],
    [t.audit.person, event.actor],
    [t.audit.recordedAt, format.dateTime(event.recordedAt)],
    [t.audit.sequence, event.sequence === null ? t.audit.notSealed : format.number(event.sequence)],
    ...Object.entries(event.record.data).map(([name, value]): [string, string] => [
      name,
      shown(value),
    ]),
  ];
  return (
    <>
      <h1>{act(event, t)}</h1>
      <div className="story">
        {story(event, t, format).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {intent && (
        <section>
          <h2>{t.audit.timeline}</h2>
          <Timeline intent={intent} current={event.id} />
        </section>
      )}
      <section>
        <h2>{t.audit.proof.title}</h2>
        <p className="quiet">{t.audit.proof.lead}</p>
        <ProofCheck load={() => proofOf(event.id)} name={event.id} />
      </section>
      <section>
        <h2>{t.audit.fields}</h2>
        <dl className="record-fields">
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
