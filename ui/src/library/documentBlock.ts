import { queryOptions } from '@tanstack/react-query';
import { type DocumentFilter, documents } from '../api/client';

/** Rows that are fetched at once. */
export const BLOCK = 50;

/** One block of all documents that match, counted from 0. */
export const documentBlock = (filter: DocumentFilter, block: number) =>
  queryOptions({
    queryKey: ['documents', filter, block],
    queryFn: () => documents(filter, block * BLOCK, BLOCK),
  });
