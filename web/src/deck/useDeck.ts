import { useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { useNavigate } from "react-router";
import { hear, tell } from "../api/people-channel";
import { renewIn } from "../api/presigned";
import { meQuery } from "../api/queries";
import { queryClient } from "../api/query";
import { session } from "../api/session";
import { deckCalls } from "./calls";
import { Deck } from "./store";
import { waiting } from "./waiting";

export const deck = new Deck(deckCalls, tell, waiting);
hear(deck.hear);

let owner = "";
function seat() {
  const state = session.get();
  const next = state.status === "in" ? state.userId : "";
  if (next === owner) return;
  owner = next;
  deck.forget();
  if (owner !== "") deck.resume();
}
session.subscribe(seat);
seat();

// What decides who is shown: another value, other cards.
let basis: string | undefined;

/** The deck's state; keeps it supplied while the page is open. */
export function useDeck() {
  const state = useSyncExternalStore(deck.subscribe, deck.get);
  const navigate = useNavigate();
  const { data: me } = useQuery(meQuery);
  const { people, phase } = state;

  useEffect(() => {
    if (!me) return;
    const now = `${me.id} ${me.effective_radius} ${me.location} ${me.hobbies} ${me.interests} ${me.missing}`;
    if (basis !== undefined && basis !== now) deck.restart();
    else if (deck.get().people.length === 0) void deck.load();
    basis = now;
  }, [me]);

  useEffect(() => {
    deck.onMatch = (match) => {
      queryClient.setQueryData(["match", match.id], match);
      void navigate(`/match/${match.id}`);
    };
    return () => {
      deck.onMatch = undefined;
    };
  }, [navigate]);

  useEffect(() => {
    const after = renewIn(people.flatMap(({ image_urls }) => image_urls));
    if (after === false) return;
    const timer = setTimeout(() => void deck.load(), after);
    return () => clearTimeout(timer);
  }, [people]);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible" && (phase === "empty" || phase === "failed")) void deck.load();
    };
    const events = ["online", "focus"] as const;
    for (const event of events) addEventListener(event, look);
    return () => {
      for (const event of events) removeEventListener(event, look);
    };
  }, [phase]);

  return state;
}
