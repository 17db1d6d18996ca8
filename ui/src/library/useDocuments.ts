import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { type DocumentFilter, documents } from '../api/client';
import type { DocumentPage, LibraryDocument } from '../api/types';
import { isFinal } from './StateBadge';

const BLOCK = 50;

export interface DocumentWindow {
  /** How many match; null until known. */
  total: number | null;
  /** The document of a row, once it is here. */
  at: (row: number) => LibraryDocument | undefined;
  error: Error | null;
  retry: () => void;
}

/** The rows [first, last] of all documents that match, fetched in blocks as they come into view. */
export function useDocuments(filter: DocumentFilter, first: number, last: number): DocumentWindow {
  const from = Math.floor(first / BLOCK);
  const to = Math.max(from, Math.floor(last / BLOCK));
  const blocks = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const results = useQueries({
    queries: blocks.map((block) => ({
      queryKey: ['documents', filter, block],
      queryFn: () => documents(filter, block * BLOCK, BLOCK),
      placeholderData: keepPreviousData<DocumentPage>,
      // While the service still reads something here, look again.
      refetchInterval: (query: { state: { data?: DocumentPage | undefined } }) =>
        query.state.data?.items.some(({ state }) => !isFinal(state)) ? 2000 : (false as const),
    })),
  });
  return {
    total: results.find((result) => result.data)?.data?.total ?? null,
    at: (row) => results[Math.floor(row / BLOCK) - from]?.data?.items[row % BLOCK],
    error: results.find((result) => result.error)?.error ?? null,
    retry: () => {
      for (const result of results) void result.refetch();
    },
  };
}
