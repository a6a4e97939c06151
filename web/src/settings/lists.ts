import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";

type Page<T> = { items: T[]; next_cursor?: string | null };
type Query = { limit: number; cursor?: string };

/** Pages of one of one's own lists, as one list. */
function listOf<T>(name: string, load: (query: Query, signal: AbortSignal) => Promise<Page<T>>) {
  return infiniteQueryOptions({
    queryKey: ["settings", name],
    queryFn: ({ pageParam, signal }) => load({ limit: 30, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });
}

export const sessionsList = listOf("sessions", (query, signal) =>
  answer(api.GET("/api/v1/sessions", { signal, params: { query } })),
);
export const blocksList = listOf("blocks", (query, signal) =>
  answer(api.GET("/api/v1/blocks", { signal, params: { query } })),
);
export const reportsList = listOf("reports", (query, signal) =>
  answer(api.GET("/api/v1/reports", { signal, params: { query } })),
);
export const sanctionsList = listOf("sanctions", (query, signal) =>
  answer(api.GET("/api/v1/me/sanctions", { signal, params: { query } })),
);
export const mailsList = listOf("mails", (query, signal) =>
  answer(api.GET("/api/v1/me/mail", { signal, params: { query } })),
);
