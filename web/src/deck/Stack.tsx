import { useEffect } from "react";
import type { Verdict } from "./calls";
import { type Part, SwipeCard } from "./SwipeCard";
import type { DeckState } from "./store";
import { deck } from "./useDeck";

type StackProps = { state: DeckState; onDecide: (verdict: Verdict) => void; onMore: () => void };

/** The card in hand, the next one below it, and those on their way out. */
export function Stack({ state, onDecide, onMore }: StackProps) {
  const { people, departing, returned } = state;
  usePreloaded(people.slice(1, 4).flatMap(({ image_urls }) => image_urls.slice(0, 1)));
  const [top, next] = people;
  const cards = [
    ...(next ? [{ person: next, part: { role: "next" } satisfies Part }] : []),
    ...(top
      ? [
          {
            person: top,
            part: {
              role: "top",
              returnedFrom: returned?.personId === top.id ? returned.from : undefined,
            } satisfies Part,
          },
        ]
      : []),
    ...departing.map(({ person, verdict }) => ({ person, part: { role: "departing", verdict } satisfies Part })),
  ];
  return (
    <div className="relative min-h-88 flex-1">
      {cards.map(({ person, part }) => (
        <SwipeCard
          key={person.id}
          person={person}
          part={part}
          onDecide={onDecide}
          onMore={onMore}
          onDeparted={deck.departed}
        />
      ))}
    </div>
  );
}

/** Loads the first photos of the next three cards, so that they are there when their card is. */
function usePreloaded(urls: readonly string[]) {
  const all = urls.join(" ");
  useEffect(() => {
    for (const url of all.split(" ").filter(Boolean)) new Image().src = url;
  }, [all]);
}
