import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { conversation } from '../api/client';
import { type ThreadState, thread } from './thread';
import { pastTurn } from './turn';

/**
 * Keeps the address and the thread together: an address of a conversation shows it, and a thread that
 * became a conversation gets its address, so that a reload shows the same.
 */
export function useConversation(
  id: string | undefined,
  { conversation: shown, turns }: ThreadState,
) {
  const [, navigate] = useLocation();
  const [error, setError] = useState<unknown>(null);

  useEffect(() => {
    setError(null);
    if (id === undefined) void thread.resume(null);
    if (id === undefined || id === thread.snapshot().conversation) return;
    thread.show();
    let current = true;
    conversation(id)
      .then((whole) => {
        if (!current) return;
        thread.show(id, whole.turns.map(pastTurn));
        void thread.resume(id);
      })
      .catch((fault) => current && setError(fault));
    return () => {
      current = false;
    };
  }, [id]);

  useEffect(() => {
    if (id === undefined && shown && turns.length > 0) {
      navigate(`/c/${shown}${window.location.search}`, { replace: true });
    }
  }, [id, shown, turns.length, navigate]);

  return { error, loading: id !== undefined && shown !== id && error === null };
}
