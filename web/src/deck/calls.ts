import { answer, api, type Schemas } from "../api/client";
import { ApiProblem, isPassing } from "../api/problem";
import { queryClient } from "../api/query";

export type Person = Schemas["PersonCard"];
export type Match = Schemas["MatchCard"];
export type DeckPage = Schemas["DeckPage"];
export type Verdict = "hi" | "pass" | "later";

/** How many cards are asked for at once. */
export const PAGE = 20;
const PAUSES = [500, 1500];

/** What the deck asks of the server. */
export type DeckCalls = {
  page: () => Promise<DeckPage>;
  /** The match, if it became one. */
  send: (personId: string, verdict: Verdict) => Promise<Match | undefined>;
  takeBack: (personId: string, verdict: Verdict) => Promise<void>;
};

/** Writes wait while there is no connection, and are repeated when that may help. All of them may be repeated. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES) {
    if (!navigator.onLine) await new Promise((done) => addEventListener("online", done, { once: true }));
    try {
      return await work();
    } catch (error) {
      const wait = error instanceof ApiProblem ? (error.retryAfter ?? 0) * 1000 : 0;
      if (!isPassing(error) || wait > 3000) throw error;
      await new Promise((done) => setTimeout(done, Math.max(pause, wait)));
    }
  }
  return work();
}

export const deckCalls: DeckCalls = {
  page: () => answer(api.GET("/api/v1/deck", { params: { query: { limit: PAGE } } })),

  send: (personId, verdict) =>
    patiently(async () => {
      const params = { path: { user_id: personId } };
      if (verdict === "later") {
        await answer(api.PUT("/api/v1/later/{user_id}", { params }));
        await queryClient.invalidateQueries({ queryKey: ["later"] });
        return undefined;
      }
      const body = { user_id: personId, liked: verdict === "hi" };
      const { match } = await answer(api.POST("/api/v1/likes", { body }));
      if (match) await queryClient.invalidateQueries({ queryKey: ["conversations"] });
      if (match) await queryClient.invalidateQueries({ queryKey: ["matches"] });
      return match ?? undefined;
    }),

  takeBack: (personId, verdict) =>
    patiently(async () => {
      const params = { path: { user_id: personId } };
      await answer(
        verdict === "later"
          ? api.DELETE("/api/v1/later/{user_id}", { params })
          : api.DELETE("/api/v1/likes/{user_id}", { params }),
      );
      if (verdict === "later") await queryClient.invalidateQueries({ queryKey: ["later"] });
    }),
};
