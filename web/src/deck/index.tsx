import { Suspense, useCallback, useState } from "react";
import { announce } from "../design/Announcer";
import { Mark } from "../design/Mark";
import { usePageTitle } from "../shell/PageHead";
import { type Texts, useTexts } from "../texts";
import { Actions } from "./Actions";
import { Cards } from "./Cards";
import type { Person, Verdict } from "./calls";
import { Details, useDialogsBeforehand } from "./dialogs";
import { useDeckKeys } from "./keys";
import { LaterLink } from "./LaterLink";
import { RadiusPill } from "./RadiusPill";
import { deck as store, useDeck } from "./useDeck";
import { Why } from "./Why";

/** One person and one decision at a time. */
export function Component() {
  const { deck } = useTexts();
  const state = useDeck();
  const [open, setOpen] = useState(false);
  usePageTitle(deck.title);
  useDialogsBeforehand();
  const [top] = state.people;

  const decide = useCallback(
    (verdict: Verdict) => {
      const [person, next] = store.get().people;
      if (!person) return;
      store.decide(verdict);
      announce(spoken(deck, verdict, person, next));
    },
    [deck],
  );
  const undo = useCallback(() => {
    store.undo();
    const { returned, people } = store.get();
    if (returned && people[0]) announce(deck.isBack(people[0].display_name));
  }, [deck]);
  const more = useCallback(() => setOpen(store.get().people.length > 0), []);
  useDeckKeys({
    onPass: () => decide("pass"),
    onHi: () => decide("hi"),
    onLater: () => decide("later"),
    onMore: more,
    onUndo: undo,
  });

  const withActions = state.phase === "ready" || state.phase === "loading" || state.canUndo;
  return (
    <div className="wide:grid wide:grid-cols-[1fr_340px]">
      <div className="mx-auto flex h-[calc(100dvh-5rem-var(--offline,0px))] min-h-130 w-full max-w-125 flex-col overflow-x-clip px-4 pb-4 desk:h-[calc(100dvh-var(--offline,0px))] desk:overflow-x-visible desk:pb-5">
        <header className="flex min-h-17 items-center gap-1 desk:min-h-18">
          <h1 className="sr-only desk:not-sr-only desk:text-head">{deck.title}</h1>
          <Mark className="desk:hidden max-[374px]:[&>span]:hidden" />
          <span className="grow" />
          <LaterLink />
          <RadiusPill />
        </header>
        <Cards state={state} onDecide={decide} onMore={more} />
        {withActions && (
          <div className="pt-5">
            <Actions canUndo={state.canUndo} canDecide={top !== undefined} onDecide={decide} onUndo={undo} />
          </div>
        )}
        <Suspense>{open && top && <Details person={top} open onOpenChange={setOpen} />}</Suspense>
      </div>
      <Why person={top} />
    </div>
  );
}

function spoken(deck: Texts["deck"], verdict: Verdict, person: Person, next: Person | undefined): string {
  const said = { hi: deck.saidHi, pass: deck.passed, later: deck.putLater }[verdict](person.display_name);
  if (!next) return said;
  return `${said} ${deck.next(deck.card(next.display_name, String(next.age ?? ""), next.place ?? ""))}`;
}
