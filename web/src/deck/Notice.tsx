import { ApiProblem } from "../api/problem";
import { useTexts } from "../texts";
import { problemText } from "../texts/problems";
import type { DeckState } from "./store";

/** Why a card came back, or couldn't; over the head of the card. */
export function Notice({ notice }: { notice: DeckState["notice"] }) {
  const texts = useTexts();
  return (
    <div role="alert" className="absolute inset-x-3 top-7 z-10">
      {notice && (
        <p className="rounded-medium bg-ember-soft px-4 py-3 text-note text-ember-text shadow-card">
          {words(notice, texts)}
        </p>
      )}
    </div>
  );
}

function words({ name, error }: NonNullable<DeckState["notice"]>, texts: ReturnType<typeof useTexts>): string {
  const { deck } = texts;
  const code = error instanceof ApiProblem ? error.code : "";
  if (code === "already_matched") return deck.tooLate(name);
  if (code === "not_newest") return deck.notNewest;
  return deck.cameBack(name, problemText(error, texts).text);
}
