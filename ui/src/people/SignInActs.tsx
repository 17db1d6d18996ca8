import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { endSessions, unlockUser } from '../api/client';
import type { User } from '../api/types';
import { Fault } from '../design/Fault';
import { Notice } from '../design/Notice';
import { useLanguage } from '../i18n';

/** Lets a person sign in again who is locked out, and ends where they are signed in. */
export function SignInActs({ user }: { user: User }) {
  const { t, format } = useLanguage();
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  const [ended, setEnded] = useState(false);

  const attempt = async (act: () => Promise<unknown>) => {
    setFault(null);
    try {
      await act();
    } catch (failure) {
      setFault(failure);
    }
  };
  const unlock = () =>
    attempt(async () => {
      await unlockUser(user.id);
      await queries.invalidateQueries({ queryKey: ['users'] });
    });
  const end = () =>
    attempt(async () => {
      await endSessions(user.id);
      setEnded(true);
    });

  return (
    <>
      {user.lockedUntil && (
        <Notice
          tone="warn"
          action={
            <button type="button" className="button small" onClick={unlock}>
              {t.people.unlock}
            </button>
          }
        >
          {t.people.lockedUntil(format.dateTime(user.lockedUntil))}
        </Notice>
      )}
      <div className="acts">
        <button type="button" className="button" onClick={end}>
          {t.people.endSessions}
        </button>
        <span role="status" className="quiet small">
          {ended ? t.people.sessionsEnded : t.people.endSessionsHint}
        </span>
      </div>
      {fault !== null && <Fault error={fault} />}
    </>
  );
}
