import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { signOut } from '../api/client';
import { Problem } from '../api/http';
import { Confirm } from '../design/Confirm';
import { Fault } from '../design/Fault';
import { Sheet } from '../design/Sheet';
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
  const [fault, setFault] = useState<unknown>(null);

  const leave = async () => {
    try {
      await signOut();
    } catch (error) {
      // The service does not know the session any more: it has ended.
      if (!(error instanceof Problem && error.status === 401)) throw error;
    }
    forget(queries);
    navigate('/');
  };
  const attempt = () => {
    setFault(null);
    leave().catch(setFault);
  };
  const ask = () => {
    const underway = uploads.snapshot().filter(isUnderway).length;
    setStopped(underway);
    if (underway === 0) attempt();
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
      {fault !== null && (
        <Sheet title={t.nav.stillSignedIn} onClose={() => setFault(null)}>
          <Fault error={fault} retry={attempt} />
          <div className="sheet-actions">
            <button type="button" className="button" onClick={() => setFault(null)}>
              {t.common.close}
            </button>
          </div>
        </Sheet>
      )}
    </>
  );
}
