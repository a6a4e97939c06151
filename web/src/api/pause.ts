import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import { meQuery } from "./queries";

/** Hides oneself from everybody new, or shows oneself again: at once here, taken back if the server refuses. */
export function usePause() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (paused: boolean) => answer(api.PUT("/api/v1/me/pause", { body: { paused } })),
    onMutate: async (paused) => {
      await client.cancelQueries({ queryKey: meQuery.queryKey });
      const before = client.getQueryData(meQuery.queryKey);
      if (before) client.setQueryData(meQuery.queryKey, { ...before, paused });
      return before?.paused;
    },
    onError: (_error, _paused, before) => {
      const now = client.getQueryData(meQuery.queryKey);
      if (now && before !== undefined) client.setQueryData(meQuery.queryKey, { ...now, paused: before });
    },
  });
}
