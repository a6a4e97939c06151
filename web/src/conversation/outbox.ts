import { answer, api } from "../api/client";
import { ApiProblem, isPassing } from "../api/problem";
import { queryClient } from "../api/query";
import { addSent, historyQuery, type Message } from "./history";
import { kept, type Unsent } from "./kept";

const PATIENCE = 20_000;
const underway = new Set<string>();

const post = async (id: string, { client_id, body }: Unsent): Promise<Message> => {
  const call = api.POST("/api/v1/matches/{id}/messages", {
    params: { path: { id } },
    body: { client_id, body },
    signal: AbortSignal.timeout(PATIENCE),
  });
  return (await answer(call)).message;
};

const change = (matchId: string, clientId: string, to: Partial<Unsent>) =>
  kept.keepUnsent(matchId, (all) => all.map((one) => (one.client_id === clientId ? { ...one, ...to } : one)));

/** One after the other, so that the order stays. A repeat has the same client_id: the server keeps it once. */
async function flush(matchId: string) {
  if (underway.has(matchId)) return;
  underway.add(matchId);
  try {
    for (let next = waiting(matchId); next; next = waiting(matchId)) await sendOne(matchId, next);
  } finally {
    underway.delete(matchId);
  }
}

const waiting = (matchId: string) => kept.unsent(matchId).find(({ state }) => state === "sending");

async function sendOne(matchId: string, unsent: Unsent) {
  try {
    addSent(matchId, await post(matchId, unsent));
    outbox.drop(matchId, unsent.client_id);
    void queryClient.invalidateQueries({ queryKey: ["conversations"] });
  } catch (error) {
    if (error instanceof ApiProblem && !isPassing(error)) {
      change(matchId, unsent.client_id, { state: "refused", why: error.detail });
      if (error.status === 404) void queryClient.invalidateQueries(historyQuery(matchId));
    } else {
      // What stands behind it would overtake it.
      kept.keepUnsent(matchId, (all) =>
        all.map((one) => (one.state === "sending" ? { ...one, state: "failed" } : one)),
      );
    }
  }
}

/** Messages on their way: shown at once, sent in the background, kept when that fails. */
export const outbox = {
  send(matchId: string, body: string) {
    const message: Unsent = {
      client_id: crypto.randomUUID(),
      body,
      written_at: new Date().toISOString(),
      state: "sending",
    };
    kept.keepUnsent(matchId, (all) => [...all, message]);
    void flush(matchId);
  },

  /** All that failed, in their order; also what a reload interrupted. */
  tryAgain(matchId: string) {
    kept.keepUnsent(matchId, (all) => all.map((one) => (one.state === "failed" ? { ...one, state: "sending" } : one)));
    void flush(matchId);
  },

  drop(matchId: string, clientId: string) {
    kept.keepUnsent(matchId, (all) => all.filter(({ client_id }) => client_id !== clientId));
  },
};
