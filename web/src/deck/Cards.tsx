import { useQuery } from "@tanstack/react-query";
import { ApiProblem } from "../api/problem";
import { meQuery } from "../api/queries";
import { ErrorPanel } from "../design/ErrorPanel";
import { CardSkeleton } from "./CardSkeleton";
import type { Verdict } from "./calls";
import { EmptyDeck } from "./EmptyDeck";
import { Incomplete } from "./Incomplete";
import { Notice } from "./Notice";
import { Stack } from "./Stack";
import type { DeckState } from "./store";
import { deck } from "./useDeck";

type CardsProps = { state: DeckState; onDecide: (verdict: Verdict) => void; onMore: () => void };

/** Cards, or why there are none. */
export function Cards({ state, onDecide, onMore }: CardsProps) {
  return (
    <div className="relative flex flex-1 flex-col">
      <Notice notice={state.notice} />
      {state.phase === "failed" && <Failed error={state.error} />}
      {state.phase === "empty" && state.reason && <EmptyDeck reason={state.reason} />}
      {state.phase === "loading" && state.departing.length === 0 && <CardSkeleton />}
      {(state.phase === "ready" || state.departing.length > 0) && (
        <Stack state={state} onDecide={onDecide} onMore={onMore} />
      )}
    </div>
  );
}

function Failed({ error }: { error: unknown }) {
  const { data: me } = useQuery(meQuery);
  if (error instanceof ApiProblem && error.code === "profile_incomplete") {
    return <Incomplete missing={me?.missing ?? []} />;
  }
  return (
    <div className="grid flex-1 content-center">
      <ErrorPanel error={error} onRetry={deck.restart} />
    </div>
  );
}
