import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { isDay } from './period';
import type { Scope } from './turn';

/** What the next question is asked of, kept in the address: a document alone, or collections and a period. */
export function useScope(): [Scope, (scope: Scope) => void] {
  const [params, setParams] = useSearchParams();
  const scope = useMemo(() => scopeIn(params), [params]);
  const setScope = useCallback(
    (next: Scope) => setParams((before) => withScope(before, next), { replace: true }),
    [setParams],
  );
  return [scope, setScope];
}

/** Where that document alone is asked. */
export const askAddress = (document: string): string => `/?only=${document}`;

function scopeIn(params: URLSearchParams): Scope {
  const documents = params.getAll('only');
  if (documents.length > 0) return { collections: [], documents };
  const from = params.get('from');
  const until = params.get('until');
  return {
    collections: params.getAll('in'),
    documents,
    ...(from && isDay(from) ? { from } : {}),
    ...(until && isDay(until) ? { until } : {}),
  };
}

function withScope(params: URLSearchParams, scope: Scope): URLSearchParams {
  for (const name of ['only', 'in', 'from', 'until']) params.delete(name);
  for (const id of scope.documents) params.append('only', id);
  for (const id of scope.collections) params.append('in', id);
  if (scope.from) params.set('from', scope.from);
  if (scope.until) params.set('until', scope.until);
  return params;
}
