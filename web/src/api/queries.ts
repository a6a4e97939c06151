import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";
import { renewIn } from "./presigned";
import { reread } from "./reread";

/** Oneself. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/v1/me", { signal }))).user,
  refetchInterval: ({ state }) => renewIn(state.data?.image_urls ?? []),
});

/** The first page of one's conversations, the newest first: what the shell counts as unread. */
export const conversationsQuery = queryOptions({
  queryKey: ["conversations"],
  queryFn: ({ signal }) =>
    reread("conversations", "", (headers) =>
      api.GET("/api/v1/conversations", { signal, headers, params: { query: { limit: 50 } } }),
    ),
  refetchInterval: 20_000,
});

/** One match. */
export const matchQuery = (id: string) =>
  queryOptions({
    queryKey: ["match", id],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/matches/{id}", { signal, params: { path: { id } } })),
    refetchInterval: ({ state }) => renewIn(state.data?.user.image_urls ?? []),
  });

/** Somebody's profile. */
export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ["person", id],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/v1/users/{id}", { signal, params: { path: { id } } }))).user,
    refetchInterval: ({ state }) => renewIn(state.data?.image_urls ?? []),
  });

/** Whom one put aside, the first page. */
export const laterQuery = queryOptions({
  queryKey: ["later"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/later", { signal, params: { query: { limit: 100 } } })),
  refetchInterval: ({ state }) => renewIn(state.data?.items.flatMap(({ image_urls }) => image_urls) ?? []),
});
