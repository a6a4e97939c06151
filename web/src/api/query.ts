import { QueryClient } from "@tanstack/react-query";
import { ApiProblem, isPassing } from "./problem";
import { forgetReread } from "./reread";
import { server } from "./server";
import { session } from "./session";

/** Reads come back by themselves from what passes; refusals are shown at once. Writes decide for themselves. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => isPassing(error) && failures < 2,
      retryDelay: (failures, error) => {
        const asked = error instanceof ApiProblem ? error.retryAfter : undefined;
        return asked ? Math.min(asked, 10) * 1000 : 500 * 2 ** failures;
      },
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

// What could not be read is read when the server is back.
let wasAway = false;
server.subscribe(() => {
  if (wasAway && !server.away()) void queryClient.invalidateQueries();
  wasAway = server.away();
});

// What one person read is never shown to the next.
let reader = "";
session.subscribe(() => {
  const now = session.get();
  const next = now.status === "in" || now.status === "ended" ? now.userId : "";
  if (next !== reader) {
    reader = next;
    queryClient.clear();
    forgetReread();
  }
});
