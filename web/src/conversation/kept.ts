import { useSyncExternalStore } from "react";
import { keptKey, session } from "../api/session";

/** A message on its way: `failed` for want of an answer, `refused` by the server, which says `why`. */
export type Unsent = {
  client_id: string;
  body: string;
  written_at: string;
  state: "sending" | "failed" | "refused";
  why?: string;
};

/** What was written and isn't sent, by match: kept over reloads and expired sessions, for one account, until its log-out. */
export type Kept = { drafts: Record<string, string>; unsent: Record<string, readonly Unsent[]> };

const NOTHING: Kept = { drafts: {}, unsent: {} };
const NONE: readonly Unsent[] = [];
const listeners = new Set<() => void>();
let parsed: { raw: string; kept: Kept } = { raw: "", kept: NOTHING };

function place(): string | undefined {
  const state = session.get();
  return state.status === "in" || state.status === "ended" ? keptKey(state.userId) : undefined;
}

function read(): Kept {
  const key = place();
  const raw = (key && localStorage.getItem(key)) || "";
  if (raw === "") return NOTHING;
  if (raw !== parsed.raw) parsed = { raw, kept: { ...NOTHING, ...JSON.parse(raw) } };
  return parsed.kept;
}

/** Without what is empty. */
function full<T extends { length: number }>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value.length > 0));
}

function write(next: Kept) {
  const key = place();
  if (key === undefined) return;
  const kept = { drafts: full(next.drafts), unsent: full(next.unsent) };
  if (Object.keys(kept.drafts).length + Object.keys(kept.unsent).length === 0) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(kept));
  for (const listener of listeners) listener();
}

export const kept = {
  draft: (matchId: string): string => read().drafts[matchId] ?? "",
  unsent: (matchId: string): readonly Unsent[] => read().unsent[matchId] ?? NONE,

  keepDraft(matchId: string, text: string) {
    const now = read();
    write({ ...now, drafts: { ...now.drafts, [matchId]: text } });
  },

  keepUnsent(matchId: string, change: (unsent: readonly Unsent[]) => readonly Unsent[]) {
    const now = read();
    write({ ...now, unsent: { ...now.unsent, [matchId]: change(now.unsent[matchId] ?? NONE) } });
  },

  /** The conversation is over. */
  forget(matchId: string) {
    const now = read();
    write({ drafts: { ...now.drafts, [matchId]: "" }, unsent: { ...now.unsent, [matchId]: NONE } });
  },
};

function subscribe(listener: () => void) {
  listeners.add(listener);
  addEventListener("storage", listener);
  const stop = session.subscribe(listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
    stop();
  };
}

export function useDraft(matchId: string): string {
  return useSyncExternalStore(subscribe, () => kept.draft(matchId));
}

export function useUnsent(matchId: string): readonly Unsent[] {
  return useSyncExternalStore(subscribe, () => kept.unsent(matchId));
}
