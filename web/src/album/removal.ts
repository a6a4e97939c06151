import { useSyncExternalStore } from "react";
import { api } from "../api/client";
import { ApiProblem } from "../api/problem";
import { queryClient } from "../api/query";
import type { FileCard } from "./send";
import { tell } from "./trouble";

/** As long as the toast with "Undo" stays. */
const LEAVE = 8000;

let leaving: ReadonlyMap<string, ReturnType<typeof setTimeout> | undefined> = new Map();
const listeners = new Set<() => void>();

function show(change: (next: Map<string, ReturnType<typeof setTimeout> | undefined>) => void) {
  const next = new Map(leaving);
  change(next);
  leaving = next;
  for (const listener of listeners) listener();
}

/** Takes a photo out of sight now, and away when there is no way back any more. */
export function removeLater(id: string) {
  tell(undefined);
  show((next) =>
    next.set(
      id,
      setTimeout(() => void remove(id), LEAVE),
    ),
  );
}

/** Brings it back. */
export function keep(id: string) {
  clearTimeout(leaving.get(id));
  show((next) => next.delete(id));
}

async function remove(id: string, keepalive = false) {
  show((next) => next.set(id, undefined));
  try {
    await api.DELETE("/api/v1/files/{key}", { params: { path: { key: id } }, keepalive });
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 404)) {
      keep(id);
      tell({ what: "remove", error });
      return;
    }
  }
  queryClient.setQueryData<FileCard[]>(["files"], (files) => files?.filter((file) => file.id !== id));
  show((next) => next.delete(id));
  void queryClient.invalidateQueries({ queryKey: ["me"] });
}

// Whoever leaves the app has not undone it.
addEventListener("pagehide", () => {
  for (const [id, timer] of leaving) {
    if (timer === undefined) continue;
    clearTimeout(timer);
    void remove(id, true);
  }
});

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The ids of the photos that are being removed. */
export function useLeaving() {
  return useSyncExternalStore(subscribe, () => leaving);
}
