import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { answer, api } from "../api/client";
import { tell } from "../api/people-channel";

export type Decision = "hi" | "pass" | "later";

/** Decides on somebody from their profile. A match leads to its page; the rest can be taken back. */
export function useDecision(userId: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const params = { path: { user_id: userId } };
  const lists = () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => ["later", "hellos"].includes(`${queryKey[0]}`) });

  const decide = useMutation({
    mutationFn: async (decision: Decision) => {
      if (decision === "later") {
        await answer(api.PUT("/api/v1/later/{user_id}", { params }));
        return undefined;
      }
      const body = { user_id: userId, liked: decision === "hi" };
      return (await answer(api.POST("/api/v1/likes", { body }))).match ?? undefined;
    },
    onSuccess: async (match) => {
      tell({ kind: "gone", personId: userId });
      void lists();
      if (!match) return;
      void client.invalidateQueries({ queryKey: ["conversations"] });
      await navigate(`/match/${match.id}`);
    },
  });

  const takeBack = useMutation({
    mutationFn: (decision: Decision) =>
      decision === "later"
        ? answer(api.DELETE("/api/v1/later/{user_id}", { params }))
        : answer(api.DELETE("/api/v1/likes/{user_id}", { params })),
    onSuccess: () => {
      tell({ kind: "back", personId: userId });
      void lists();
      decide.reset();
    },
  });
  return { decide, takeBack };
}
