import { useCallback } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { DocumentFilter } from '../api/client';

/** The library's filters and order, kept in the address. */
export function useFilter() {
  const [params, setParams] = useSearchParams();
  const [, navigate] = useLocation();
  const filter: DocumentFilter = { sort: params.get('sort') ?? 'title' };
  for (const name of ['collection', 'state', 'q'] as const) {
    const value = params.get(name);
    if (value) filter[name] = value;
  }
  const set = useCallback(
    (name: keyof DocumentFilter, value: string) =>
      setParams(
        (before) => {
          if (value) before.set(name, value);
          else before.delete(name);
          return before;
        },
        { replace: true },
      ),
    [setParams],
  );
  return {
    filter,
    set,
    clear: () => navigate('/library'),
    filtered: Boolean(filter.collection || filter.state || filter.q),
  };
}
