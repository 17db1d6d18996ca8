import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { signOut } from '../api/client';
import { Confirm } from '../design/Confirm';
import { useMessages } from '../i18n';
import { isUnderway, uploads } from '../library/uploads';
import { forget } from './session';

/**
 * Ends the session here and on the server, and leaves nothing of the person on the page. Where that
 * stops files on their way, it asks first.
 */
export function SignOut({ className, children }: { className: string; children: ReactNode }) {
  const t = useMessages();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [stopped, setStopped] = useState(0);

  const leave = async () => {
    await signOut();
    forget(queries);
    navigate('/');
  };
  const ask = () => {
    const underway = uploads.snapshot().filter(isUnderway).length;
    setStopped(underway);
    if (underway === 0) void leave();
  };

  return (
    <>
      <button type="button" className={className} onClick={ask}>
        {children}
      </button>
      {stopped > 0 && (
        <Confirm
          title={t.nav.confirmSignOut}
          lead={t.nav.signOutStops(stopped)}
          act={t.nav.signOut}
          onConfirm={leave}
          onClose={() => setStopped(0)}
        />
      )}
    </>
  );
}
