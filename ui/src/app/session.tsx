import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useLayoutEffect } from 'react';
import { me } from '../api/client';
import { Problem, whenSignedOut } from '../api/http';
import type { Me } from '../api/types';
import { thread } from '../ask/thread';
import { Fault } from '../design/Fault';
import { uploads } from '../library/uploads';
import { FirstPassword } from './FirstPassword';
import { SignIn } from './SignIn';

const MeContext = createContext<Me | null>(null);

/** The signed-in account. */
export function useMe(): Me {
  const account = useContext(MeContext);
  if (!account) throw new Error('only below the session');
  return account;
}

async function meOrNobody(): Promise<Me | null> {
  try {
    return await me();
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** Takes everything of one person off the page, so that nothing is left for the next. */
export function forget(queries: QueryClient): void {
  uploads.stop();
  leave(queries);
}

/** The session ended by itself: files on their way wait for the same person. */
function ended(queries: QueryClient): void {
  uploads.pause();
  leave(queries);
}

function leave(queries: QueryClient): void {
  thread.forget();
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
  queries.setQueryData(['me'], null);
}

/** Shows what is inside to a signed-in person, and the sign-in page to everyone else. */
export function Session({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['me'],
    queryFn: meOrNobody,
    staleTime: Number.POSITIVE_INFINITY,
  });

  useEffect(() => {
    whenSignedOut(() => ended(queries));
  }, [queries]);

  const person = data?.id;
  // Before anything is painted: the next person sees nothing of the last one.
  useLayoutEffect(() => {
    if (person) uploads.belongTo(person);
  }, [person]);

  if (isPending) return null;
  if (data?.mustChangePassword) return <FirstPassword />;
  if (data) return <MeContext value={data}>{children}</MeContext>;
  if (error) {
    return (
      <main className="sign-in">
        <Fault error={error} retry={refetch} />
      </main>
    );
  }
  return <SignIn onSignedIn={(account) => queries.setQueryData(['me'], account)} />;
}
