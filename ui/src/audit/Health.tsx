import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { checkLog, type LogHealth, logHealth } from '../api/audit';
import { Fault } from '../design/Fault';
import { Notice } from '../design/Notice';
import { type Formats, type Messages, useLanguage } from '../i18n';

const CHECKING_MILLIS = 1_000;
const WELL_MILLIS = 10_000;

/** How the log is: its newest signed state, what waits, who else signed, the last check; and what is wrong. */
export function Health() {
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'health'],
    queryFn: logHealth,
    refetchInterval: ({ state }) =>
      state.data?.verification.running ? CHECKING_MILLIS : WELL_MILLIS,
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
        : t.audit.health.waits(health.waiting, format.duration(health.lagMillis)),
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
    [t.desk.check.title, lastCheck(health, t, format)],
  ];
  return (
    <section className="log-health" aria-label={t.audit.health.title}>
      {problems(health, t).map(({ tone, text, detail }) => (
        <Notice key={text} tone={tone}>
          <p>{text}</p>
          {detail && <p className="small">{t.desk.says(detail)}</p>}
        </Notice>
      ))}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <CheckNow running={health.verification.running} />
    </section>
  );
}

function CheckNow({ running }: { running: boolean }) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  const check = async () => {
    setFault(null);
    try {
      await checkLog();
      await queries.invalidateQueries({ queryKey: ['audit', 'health'] });
    } catch (error) {
      setFault(error);
    }
  };
  return (
    <>
      <button type="button" className="button small fit" disabled={running} onClick={check}>
        {t.desk.check.now}
      </button>
      {fault !== null && <Fault error={fault} />}
    </>
  );
}

function lastCheck({ verification, head }: LogHealth, t: Messages, format: Formats): string {
  const { running, checked, at, size, valid } = verification;
  if (running) return t.desk.check.running(checked, head?.size ?? checked);
  if (at === null || size === null) return t.desk.check.never;
  return valid
    ? t.desk.check.valid(size, format.dateTime(at))
    : t.desk.check.notValid(size, format.dateTime(at));
}

interface Shortcoming {
  tone: 'fault' | 'warn';
  /** What it means and what to do. */
  text: string;
  /** In the service's words, with its numbers. */
  detail: string | null;
}

/** What is wrong with the log, the worst first. */
export function problems(health: LogHealth, t: Messages): Shortcoming[] {
  const { state, reason, witness, syslogProblem, verification } = health;
  const found: Shortcoming[] = [];
  const sealer = t.desk.sealer[state];
  if (sealer) found.push({ tone: alarming(state), text: sealer, detail: reason || null });
  if (verification.valid === false) {
    const { firstBad } = verification;
    found.push({
      tone: 'fault',
      text: t.desk.check.alarm,
      detail: firstBad === null ? null : t.desk.check.firstBad(firstBad),
    });
  }
  const witnessed = witness && t.desk.witness[witness.state];
  if (witnessed) {
    found.push({ tone: alarming(witness.state), text: witnessed, detail: witness.reason || null });
  }
  if (syslogProblem !== null) {
    found.push({ tone: 'warn', text: t.desk.syslog, detail: syslogProblem });
  }
  return found.sort((a, b) => Number(a.tone === 'warn') - Number(b.tone === 'warn'));
}

/** What the log says is contradicted, or it is not signed; everything else mends itself or waits. */
function alarming(state: string): Shortcoming['tone'] {
  return ['damaged', 'conflict', 'key_missing'].includes(state) ? 'fault' : 'warn';
}
