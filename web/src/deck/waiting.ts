import { keptKey, session } from "../api/session";
import type { Verdict } from "./calls";

/** What the server may not have yet: a decision, or that it is taken back. */
export type Waiting = { personId: string; verdict: Verdict; back: boolean };

/** Where that outlives a reload and a closed tab, in its order. */
export type WaitingPlace = {
  all: () => readonly Waiting[];
  keep: (step: Waiting) => void;
  /** The first such step. */
  drop: (step: Waiting) => void;
};

function place(): string | undefined {
  const state = session.get();
  return state.status === "in" || state.status === "ended" ? `${keptKey(state.userId)}.deck` : undefined;
}

function read(): readonly Waiting[] {
  const key = place();
  return JSON.parse((key && localStorage.getItem(key)) || "[]");
}

function write(steps: readonly Waiting[]) {
  const key = place();
  if (key === undefined) return;
  if (steps.length === 0) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(steps));
}

const isSame = (one: Waiting, other: Waiting) =>
  one.personId === other.personId && one.verdict === other.verdict && one.back === other.back;

/** In localStorage, for one account, until its log-out. */
export const waiting: WaitingPlace = {
  all: read,
  keep: (step) => write([...read(), step]),
  drop: (step) => {
    const steps = read();
    const first = steps.findIndex((other) => isSame(other, step));
    write(steps.filter((_, place) => place !== first));
  },
};
