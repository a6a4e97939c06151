import { useEffect, useSyncExternalStore } from "react";
import { useTexts } from "../texts";

type Undoable = { id: number; words: string; undo: () => void };

let shown: Undoable | undefined;
let count = 0;
const listeners = new Set<() => void>();
const STAYS = 8000;

function show(next: Undoable | undefined) {
  shown = next;
  for (const listener of listeners) listener();
}

/** What was done, with a way back. Only for what can be undone. */
export function offerUndo(words: string, undo: () => void) {
  count += 1;
  show({ id: count, words, undo });
}

export function dismissUndo() {
  show(undefined);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The place of the one toast; stands in the shell. */
export function ToastPlace() {
  const { common } = useTexts();
  const toast = useSyncExternalStore(subscribe, () => shown);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(dismissUndo, STAYS);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-24 z-30 grid justify-items-center px-4 desk:bottom-6"
    >
      {toast && (
        <div
          key={toast.id}
          className="pointer-events-auto flex items-center gap-2 rounded-full bg-ink py-1 pr-2 pl-5 text-note text-paper shadow-card"
        >
          {toast.words}
          <button
            type="button"
            className="min-h-11 rounded-full px-4 font-semibold text-paper underline underline-offset-4"
            onClick={() => {
              dismissUndo();
              toast.undo();
            }}
          >
            {common.undo}
          </button>
        </div>
      )}
    </div>
  );
}
