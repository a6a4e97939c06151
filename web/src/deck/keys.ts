import { useEffect, useRef } from "react";

export type Keys = {
  onPass: () => void;
  onHi: () => void;
  onMore: () => void;
  onLater: () => void;
  onUndo: () => void;
};

/** ← → ↑ L Z anywhere on the page, but not while something else needs them. */
export function useDeckKeys(keys: Keys) {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
      const elsewhere = "input, textarea, select, [role=dialog], [role=slider], [contenteditable]";
      if (event.target instanceof Element && event.target.closest(elsewhere)) return;
      const { onPass, onHi, onMore, onLater, onUndo } = latest.current;
      const actions: Record<string, () => void> = {
        ArrowLeft: onPass,
        ArrowRight: onHi,
        ArrowUp: onMore,
        l: onLater,
        z: onUndo,
      };
      const action = actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
