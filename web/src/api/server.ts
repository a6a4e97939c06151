import { useSyncExternalStore } from "react";

/** Whether the server answers. Once it doesn't, it is asked again and again until it does. */
const AGAIN = 3000;

let away = false;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function become(next: boolean) {
  if (away === next) return;
  away = next;
  for (const listener of listeners) listener();
}

async function ask() {
  clearTimeout(timer);
  const ok = await fetch("/livez", { cache: "no-store" }).then(
    (response) => response.ok,
    () => false,
  );
  if (ok) become(false);
  else if (away) timer = setTimeout(ask, AGAIN);
}

export const server = {
  away: () => away,

  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },

  answers() {
    clearTimeout(timer);
    become(false);
  },

  isGone() {
    become(true);
    clearTimeout(timer);
    timer = setTimeout(ask, AGAIN);
  },
};

globalThis.addEventListener?.("online", () => {
  if (away) void ask();
});

export function useServerAway(): boolean {
  return useSyncExternalStore(server.subscribe, server.away);
}
