import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { type AuditEvent, timeline } from '../api/audit';
import { Fault } from '../design/Fault';
import { Skeleton } from '../design/Skeleton';
import { useLanguage } from '../i18n';
import { act } from './plain';

/** The record of the question that a record belongs to; null where it belongs to none. */
export function intentOf({ id, act: name, outcome, record }: AuditEvent): string | null {
  const { intent } = record.data;
  if (typeof intent === 'string') return intent;
  return outcome === 'intended' && name.startsWith('question.') ? id : null;
}

/** One question from its intent to its end, each step with the time since it came in. */
export function Timeline({ intent, current }: { intent: string; current: string }) {
  const { t, format } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'timeline', intent],
    queryFn: () => timeline(intent),
  });
  if (error) return <Fault error={error} retry={refetch} />;
  if (!data) return <Skeleton lines={4} />;
  const began = new Date(data[0]?.time ?? 0).getTime();
  return (
    <ol className="timeline">
      {data.map((event) => (
        <li key={event.id} aria-current={event.id === current ? 'step' : undefined}>
          <span className="figures quiet">
            {t.audit.after(format.seconds(new Date(event.time).getTime() - began))}
          </span>
          <Link href={`/audit/${event.id}`}>{act(event, t)}</Link>
          <span className={`tag outcome ${event.outcome}`}>
            {t.audit.outcomes[event.outcome] ?? event.outcome}
          </span>
        </li>
      ))}
    </ol>
  );
}
