import { lazy, useEffect } from "react";

// What opens over the deck comes after the cards, but before it is asked for.
const loadRadius = async () => ({ default: (await import("./RadiusDialog")).RadiusDialog });
const loadDetails = async () => ({ default: (await import("./Details")).Details });

export const RadiusDialog = lazy(loadRadius);
export const Details = lazy(loadDetails);

const SOON = 1500;

/** Loads them as soon as there is time. */
export function useDialogsBeforehand() {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const load of [loadRadius, loadDetails]) load().catch(() => undefined);
    }, SOON);
    return () => clearTimeout(timer);
  }, []);
}
