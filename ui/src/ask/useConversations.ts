import {
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { conversations } from '../api/client';
import type { Conversation } from '../api/types';
import { thread } from './thread';

const holding = (words: string) =>
  infiniteQueryOptions({
    queryKey: ['conversations', words],
    queryFn: ({ pageParam }) => conversations(words, pageParam),
    initialPageParam: 0,
    getNextPageParam: ({ items, total }, pages) => {
      const fetched = pages.reduce((sum, page) => sum + page.items.length, 0);
      return items.length > 0 && fetched < total ? fetched : undefined;
    },
  });

/** What a conversation is called, where it is among those that were fetched. */
export function useConversationTitle(id: string | undefined): string | undefined {
  const { data } = useInfiniteQuery(holding(''));
  return data?.pages.flatMap(({ items }) => items).find((one) => one.id === id)?.title;
}

/** The person's conversations that hold `words`, newest first, as far as they were asked for. */
export function useConversations(words: string) {
  const queries = useQueryClient();
  const { conversation } = useSyncExternalStore(thread.subscribe, thread.snapshot);
  const { data, isPlaceholderData, ...list } = useInfiniteQuery({
    ...holding(words),
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    if (conversation) void queries.invalidateQueries({ queryKey: ['conversations'] });
  }, [conversation, queries]);

  // One that was asked further in the meantime moves up, and others move down into the next page.
  const known = new Map<string, Conversation>();
  for (const one of data?.pages.flatMap(({ items }) => items) ?? []) known.set(one.id, one);
  return {
    ...list,
    items: [...known.values()],
    /** How many there are; null until known. */
    total: isPlaceholderData ? null : (data?.pages.at(-1)?.total ?? null),
    loading: data === undefined && list.error === null,
    refresh: () => queries.invalidateQueries({ queryKey: ['conversations'] }),
  };
}
