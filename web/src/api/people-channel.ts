/**
 * What happens to people, told to all parts and all tabs: whoever was decided on, put aside, blocked or unmatched is
 * `gone` from the deck; an undo brings them `back`; `anew` says that the deck's conditions changed (radius, profile).
 */
export type PeopleNews = { kind: "gone" | "back"; personId: string } | { kind: "anew" };

const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("friender.people");
const listeners = new Set<(news: PeopleNews) => void>();

/** Tells the other parts of this tab, and the other tabs. */
export function tell(news: PeopleNews) {
  for (const listener of listeners) listener(news);
  channel?.postMessage(news);
}

/** Hears what this tab and the others tell; returns how to stop. */
export function hear(listener: (news: PeopleNews) => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

channel?.addEventListener("message", (event: MessageEvent<PeopleNews>) => {
  for (const listener of listeners) listener(event.data);
});
