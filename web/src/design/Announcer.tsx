import { useSyncExternalStore } from "react";

let message = "";
let turn = 0;
const listeners = new Set<() => void>();

/** Says something to screen readers without moving the focus. The same words twice are said twice. */
export function announce(words: string) {
  turn += 1;
  message = turn % 2 ? words : `${words}\u00a0`;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The one live region; stands in the shell. */
export function Announcer() {
  const words = useSyncExternalStore(subscribe, () => message);
  return (
    <div aria-live="polite" className="sr-only">
      {words}
    </div>
  );
}
