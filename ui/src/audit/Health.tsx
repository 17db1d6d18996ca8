import { useQuery } from '@tanstack/react-query';
import { type LogHealth, logHealth } from '../api/audit';
import { Fault } from '../design/Fault';
import { Notice } from '../design/Notice';
import { useLanguage } from '../i18n';

/** How the log is: its newest signed state, what waits, and who else signed. */
export function Health() {
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'health'],
    queryFn: logHealth,
    refetchInterval: 10_000,
  });
  if (error) return <Fault error={error} retry={refetch} />;
  return data ? <Shown health={data} /> : null;
}

function Shown({ health }: { health: LogHealth }) {
  const { t, format } = useLanguage();
  const { head, witnessed } = health;
  const facts: [string, string][] = [
    [
      t.audit.health.head,
      head ? t.audit.health.signed(head.size, format.dateTime(head.signedAt)) : t.audit.health.none,
    ],
    [
      t.audit.health.waiting,
      health.waiting === 0
        ? t.audit.health.nothingWaits
        : t.audit.health.waits(health.waiting, format.seconds(health.lagMillis)),
    ],
    [
      t.audit.health.witness,
      witnessed
        ? t.audit.health.witnessed(
            format.list(witnessed.witnesses),
            witnessed.size,
            format.dateTime(witnessed.signedAt),
          )
        : t.audit.health.noWitness,
    ],
  ];
  return (
    <section className="log-health" aria-label={t.audit.health.title}>
      {health.reason && <Notice tone="warn">{health.reason}</Notice>}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
