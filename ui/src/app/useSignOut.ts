import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { signOut } from '../api/client';
import { forget } from './session';

/** Ends the session here and on the server, and leaves nothing of the person on the page. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  return async () => {
    await signOut();
    forget(queries);
    navigate('/');
  };
}
