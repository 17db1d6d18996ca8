import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { closeSession, sessions } from '../api/client';
import { Fault } from '../design/Fault';
import { Skeleton } from '../design/Skeleton';
import { useLanguage } from '../i18n';

/** Every browser that is signed in as this account. */
export function Sessions() {
  const { t, format } = useLanguage();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: ['sessions'], queryFn: sessions });
  const [fault, setFault] = useState<unknown>(null);
  const close = async (id: string) => {
    setFault(null);
    try {
      await closeSession(id);
    } catch (failure) {
      setFault(failure);
    }
    // Also after a failure: it may have ended in the meantime.
    await queries.invalidateQueries({ queryKey: ['sessions'] });
  };
  return (
    <section className="stack">
      <h2>{t.account.sessions}</h2>
      {error && <Fault error={error} retry={refetch} />}
      {!data && !error && <Skeleton />}
      <ul className="lines">
        {data?.map(({ id, userAgent, lastSeenAt, current }) => (
          <li key={id}>
            <span className="line-text">
              <span className="clip">{browserOf(userAgent)}</span>
              <span className="quiet small">
                {current ? t.account.thisOne : t.account.lastSeen(format.dateTime(lastSeenAt))}
              </span>
            </span>
            {!current && (
              <button type="button" className="button small" onClick={() => close(id)}>
                {t.account.closeSession}
              </button>
            )}
          </li>
        ))}
      </ul>
      {fault !== null && <Fault error={fault} />}
    </section>
  );
}

/** "Chrome, Linux" out of a user agent's long line; the line itself where nothing is known. */
export function browserOf(userAgent: string): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)(?=\/)/.exec(userAgent)?.[1];
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[1];
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };
  const known = [browser, system].filter((name) => name !== undefined);
  return known.length > 0 ? known.map((name) => names[name] ?? name).join(', ') : userAgent;
}
