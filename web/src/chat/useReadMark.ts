import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { answer, api } from "../api/client";
import { isPassing } from "../api/problem";
import { conversationsQuery } from "../api/queries";

function subscribe(listener: () => void) {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

const isShown = () => document.visibilityState === "visible";
const { queryKey } = conversationsQuery;

/**
 * Tells the server what was seen: `theirLast`, the newest of their messages, once it is on a page that somebody looks
 * at. `known` is up to where the server knows it already.
 */
export function useReadMark(matchId: string, theirLast: number | undefined, known: number | undefined, atEnd: boolean) {
  const client = useQueryClient();
  const shown = useSyncExternalStore(subscribe, isShown);
  const { mutate } = useMutation({
    retry: (failures, error) => isPassing(error) && failures < 8,
    retryDelay: (failures) => Math.min(1000 * 2 ** failures, 20_000),
    mutationFn: (seq: number) =>
      answer(api.PUT("/api/v1/matches/{id}/read", { params: { path: { id: matchId } }, body: { seq } })),
    onMutate: async (seq) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, (now) => {
        const read = (one: NonNullable<typeof now>["items"][number]) =>
          one.match_id === matchId ? { ...one, unread: 0, read_seq: Math.max(one.read_seq, seq) } : one;
        return now && { ...now, items: now.items.map(read) };
      });
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  const due = shown && atEnd && theirLast !== undefined && theirLast > (known ?? 0) ? theirLast : undefined;
  useEffect(() => {
    if (due !== undefined) mutate(due);
  }, [due, mutate]);
}
