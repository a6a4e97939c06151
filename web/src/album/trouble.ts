import { useSyncExternalStore } from "react";

/** Something that one did in the album was not kept: what, and why. */
export type Trouble = { what: "order" | "caption" | "profile" | "remove" | "crop"; error: unknown };

let trouble: Trouble | undefined;
const listeners = new Set<() => void>();

export function tell(next: Trouble | undefined) {
  trouble = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useTrouble(): Trouble | undefined {
  return useSyncExternalStore(subscribe, () => trouble);
}
