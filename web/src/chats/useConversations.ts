import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../api/client";
import { conversationsQuery } from "../api/queries";

export type Conversation = Schemas["ConversationCard"];

/** All that have been asked for: the first page, which the shell keeps fresh, and those below it. */
export function useConversations() {
  const first = useQuery(conversationsQuery);
  const from = first.data?.next_cursor ?? undefined;
  const below = useInfiniteQuery({
    queryKey: ["conversations below", from],
    enabled: false,
    initialPageParam: from,
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(api.GET("/api/v1/conversations", { signal, params: { query: { limit: 50, ...(cursor && { cursor }) } } })),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
  const known = first.data && [...first.data.items, ...(below.data?.pages.flatMap(({ items }) => items) ?? [])];
  return {
    first,
    all: known && [...new Map(known.map((one) => [one.match_id, one])).values()],
    hasMore: below.data ? below.hasNextPage : from !== undefined,
    loadMore: () => void (below.data ? below.fetchNextPage() : below.refetch()),
    isLoadingMore: below.isFetching,
  };
}
