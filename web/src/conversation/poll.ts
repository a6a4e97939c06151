import { ApiProblem } from "../api/problem";

const LIVELY = 2_500;
const CALM = 6_000;
const AFTER_ERROR = 10_000;
const HIDDEN_LEAST = 10_000;
const HIDDEN_MOST = 300_000;
const MINUTE = 60_000;

/** Since when nobody looks at this tab. */
let hiddenSince: number | undefined;

function notice() {
  hiddenSince = document.visibilityState === "hidden" ? (hiddenSince ?? Date.now()) : undefined;
}

document.addEventListener("visibilitychange", notice);
notice();

type Situation = { error: unknown; lastAt: string | undefined; now: number; hidden?: number | undefined };

/**
 * Milliseconds until new messages are asked for again: soon while people write, ever more seldom while the tab is
 * hidden (it asks at once when it is shown again), never in a conversation that is over.
 */
export function pollIn({ error, lastAt, now, hidden = hiddenSince }: Situation): number | false {
  if (error instanceof ApiProblem && error.status === 404) return false;
  if (hidden !== undefined) return Math.min(Math.max(now - hidden, HIDDEN_LEAST), HIDDEN_MOST);
  if (error) return AFTER_ERROR;
  return lastAt !== undefined && now - Date.parse(lastAt) < 5 * MINUTE ? LIVELY : CALM;
}
