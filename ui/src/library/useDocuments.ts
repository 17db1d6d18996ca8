import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentFilter } from '../api/client';
import type { DocumentPage, LibraryDocument } from '../api/types';
import { BLOCK, documentBlock } from './documentBlock';
import { isFinal } from './StateBadge';

/** Rows that could not be fetched. */
export interface MissingBlock {
  /** Of the whole list. */
  firstRow: number;
  error: Error;
  retry: () => void;
}

export interface DocumentWindow {
  /** How many match; null until known. */
  total: number | null;
  /** Whether that and the rows are still those of what was asked before. */
  outdated: boolean;
  /** The document of a row, once it is here. */
  at: (row: number) => LibraryDocument | undefined;
  /** What a row without document is part of, unless it is still on its way. */
  missing: (row: number) => MissingBlock | null;
  /** Why nothing is known at all. */
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
      ...documentBlock(filter, block),
      placeholderData: keepPreviousData<DocumentPage>,
      // While the service still reads something here, look again.
      refetchInterval: (query: { state: { data?: DocumentPage | undefined } }) =>
        query.state.data?.items.some(({ state }) => !isFinal(state)) ? 2000 : (false as const),
    })),
  });
  const total = useLastKnown(
    results.find((result) => result.data)?.data?.total ?? null,
    JSON.stringify(filter),
  );
  return {
    total,
    outdated: results.some(({ isPlaceholderData }) => isPlaceholderData),
    at: (row) => results[Math.floor(row / BLOCK) - from]?.data?.items[row % BLOCK],
    missing: (row) => {
      const block = Math.floor(row / BLOCK);
      const result = results[block - from];
      if (!result?.error || result.data || result.isFetching) return null;
      return { firstRow: block * BLOCK, error: result.error, retry: () => void result.refetch() };
    },
    error: total === null ? (results.find((result) => result.error)?.error ?? null) : null,
    retry: () => {
      for (const result of results) void result.refetch();
    },
  };
}

/** A number as it was last known of the same thing: blocks that fail do not say how many there are. */
function useLastKnown(value: number | null, of: string): number | null {
  const [known, setKnown] = useState({ value, of });
  if (value !== null && (known.value !== value || known.of !== of)) setKnown({ value, of });
  return value ?? (known.of === of ? known.value : null);
}
