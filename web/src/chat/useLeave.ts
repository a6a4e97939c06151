import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { conversationsQuery, matchQuery } from "../api/queries";
import { historyQuery } from "../conversation/history";
import { kept } from "../conversation/kept";

/** Away from a conversation that one has ended, and nothing of it stays behind. */
export function useLeave(matchId: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    kept.forget(matchId);
    await navigate("/chats", { replace: true });
    const { queryKey } = conversationsQuery;
    client.setQueryData(
      queryKey,
      (now) => now && { ...now, items: now.items.filter(({ match_id }) => match_id !== matchId) },
    );
    client.removeQueries(matchQuery(matchId));
    client.removeQueries(historyQuery(matchId));
    await client.invalidateQueries({ queryKey });
  };
}
