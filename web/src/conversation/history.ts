import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../api/client";
import { queryClient } from "../api/query";
import { reread } from "../api/reread";
import { pollIn } from "./poll";

export type Message = Schemas["MessageCard"];
/** What is known of a conversation, by seq; `whole` when it reaches back to the first message. */
export type History = { items: readonly Message[]; whole: boolean };

const PAGE = 50;
/** The most that the server gives at once. */
const MOST = 100;
const keyOf = (matchId: string) => ["messages", matchId] as const;

/** Both, each message once, in order. */
export function merge(one: readonly Message[], other: readonly Message[]): readonly Message[] {
  const known = new Set(one.map(({ seq }) => seq));
  const news = other.filter(({ seq }) => !known.has(seq));
  return news.length === 0 ? one : [...one, ...news].sort((a, b) => a.seq - b.seq);
}

async function newest(matchId: string, signal: AbortSignal): Promise<History> {
  const params = { path: { id: matchId }, query: { limit: PAGE } };
  const { items } = await answer(api.GET("/api/v1/matches/{id}/messages", { signal, params }));
  return { items, whole: items.length < PAGE };
}

async function since(matchId: string, seq: number, signal: AbortSignal): Promise<readonly Message[]> {
  const params = { path: { id: matchId }, query: { after: seq, limit: MOST } };
  const { items } = await reread<Schemas["HistoryPage"]>(`messages ${matchId}`, `after=${seq}`, (headers) =>
    api.GET("/api/v1/matches/{id}/messages", { signal, headers, params }),
  );
  const last = items.at(-1);
  return last && items.length === MOST ? merge(items, await since(matchId, last.seq, signal)) : items;
}

/** The last messages; asked again, only what came since. */
export const historyQuery = (matchId: string) =>
  queryOptions({
    queryKey: keyOf(matchId),
    queryFn: async ({ client, signal }): Promise<History> => {
      const known = client.getQueryData<History>(keyOf(matchId));
      if (!known) return newest(matchId, signal);
      const news = await since(matchId, known.items.at(-1)?.seq ?? 0, signal);
      // Sent, or loaded upwards, in the meantime.
      const now = client.getQueryData<History>(keyOf(matchId)) ?? known;
      return { items: merge(now.items, news), whole: now.whole };
    },
    staleTime: 0,
    refetchIntervalInBackground: true,
    refetchInterval: ({ state }) =>
      pollIn({ error: state.error, lastAt: state.data?.items.at(-1)?.sent_at, now: Date.now() }),
  });

/** What was just sent, before anybody asks. A gap below it is left to the next question. */
export function addSent(matchId: string, message: Message) {
  queryClient.setQueryData<History>(keyOf(matchId), (now) => {
    const last = now?.items.at(-1)?.seq ?? 0;
    return now && message.seq === last + 1 ? { ...now, items: [...now.items, message] } : now;
  });
}

/** The page above what is known. */
export async function loadOlder(client: QueryClient, matchId: string) {
  const first = client.getQueryData<History>(keyOf(matchId))?.items[0];
  if (!first) return;
  const params = { path: { id: matchId }, query: { before: first.seq, limit: PAGE } };
  const { items } = await answer(api.GET("/api/v1/matches/{id}/messages", { params }));
  client.setQueryData<History>(keyOf(matchId), (now) =>
    now ? { items: merge(items, now.items), whole: items.length < PAGE } : now,
  );
}
