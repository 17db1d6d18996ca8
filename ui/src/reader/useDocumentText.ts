import { useQuery } from '@tanstack/react-query';
import { documentText } from '../api/client';

/** A document's words with their pages and structure. */
export const useDocumentText = (document: string) =>
  useQuery({
    queryKey: ['text', document],
    queryFn: () => documentText(document),
    gcTime: 60_000,
  });
