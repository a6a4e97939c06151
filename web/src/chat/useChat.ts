import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { ApiProblem } from "../api/problem";
import { conversationsQuery, matchQuery } from "../api/queries";
import { useServerAway } from "../api/server";
import { historyQuery } from "../conversation/history";
import { useUnsent } from "../conversation/kept";
import { outbox } from "../conversation/outbox";
import { announce } from "../design/Announcer";
import { useOnline } from "../design/OfflineBar";
import { useTexts } from "../texts";
import { rowsOf } from "./rows";

const isMissing = (error: unknown) => error instanceof ApiProblem && error.status === 404;

/** All that a conversation's page shows. */
export function useChat(matchId: string) {
  // Whether they have read comes with the list: sooner while one looks at it.
  const { data: list } = useQuery({ ...conversationsQuery, refetchInterval: 6000 });
  const conversation = list?.items.find(({ match_id }) => match_id === matchId);
  const match = useQuery({
    ...matchQuery(matchId),
    placeholderData: conversation && {
      id: matchId,
      matched_at: conversation.matched_at,
      unread: conversation.unread,
      user: conversation.user,
    },
  });
  const history = useQuery(historyQuery(matchId));
  const unsent = useUnsent(matchId);
  const person = match.data?.user;
  const otherRead = conversation?.other_read_seq ?? 0;

  const rows = useMemo(
    () => (history.data && person ? rowsOf({ ...history.data, unsent, other: person.id, otherRead }) : undefined),
    [history.data, unsent, person, otherRead],
  );
  const theirLast = history.data?.items.findLast(({ sender }) => sender === person?.id);
  useSayNews(theirLast, person?.display_name);
  useResend(matchId);
  return {
    conversation,
    match: match.data,
    history,
    rows,
    theirLast: theirLast?.seq,
    ended: isMissing(history.error) || isMissing(match.error),
    error: history.error ?? match.error,
    retry: () => void Promise.all([match.refetch(), history.refetch()]),
  };
}

/** What comes in while one looks is said once. */
function useSayNews(last: { seq: number; body: string } | undefined, name: string | undefined) {
  const { chat } = useTexts();
  const said = useRef<number>(undefined);
  useEffect(() => {
    if (!last || name === undefined) return;
    if (said.current !== undefined && last.seq > said.current) announce(chat.incoming(name, last.body));
    said.current = last.seq;
  }, [last, name, chat]);
}

/** What didn't get through is tried again when one comes back to it, and when the connection or the server does. */
function useResend(matchId: string) {
  const online = useOnline();
  const away = useServerAway();
  useEffect(() => {
    if (online && !away) outbox.tryAgain(matchId);
  }, [online, away, matchId]);
}
