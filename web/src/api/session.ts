import { useSyncExternalStore } from "react";
import { ApiProblem, problemOf, UNREACHABLE } from "./problem";

/**
 * Who is signed in. The access token lives in memory only; the refresh token is an HttpOnly cookie that scripts never
 * see. A mark in localStorage says that there may be one, so that visitors aren't asked for it.
 */
export type SessionState =
  | { status: "unknown" }
  | { status: "out" }
  | { status: "in"; userId: string }
  /** It ended in mid-work. The page stays, covered, until the same person is back. */
  | { status: "ended"; userId: string };

const MARK = "friender.session";
const REFRESH = "/api/v1/token/refresh";

/** Where localStorage keeps what somebody wrote or decided and hasn't sent: until the log-out, not over it. */
export const keptKey = (userId: string) => `friender.kept.${userId}`;

let state: SessionState = { status: "unknown" };
let token: string | undefined;
let refreshing: Promise<string | undefined> | undefined;
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("friender.session");

function enter(next: SessionState) {
  state = next;
  for (const listener of listeners) listener();
}

function userIdOf(accessToken: string): string {
  const payload = accessToken.split(".")[1] ?? "";
  const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
  if (typeof claims === "object" && claims !== null && "sub" in claims && typeof claims.sub === "string") {
    return claims.sub;
  }
  throw new Error("an access token without `sub`");
}

function keep(accessToken: string) {
  const userId = userIdOf(accessToken);
  token = accessToken;
  localStorage.setItem(MARK, userId);
  if (state.status !== "in" || state.userId !== userId) enter({ status: "in", userId });
}

function forget() {
  token = undefined;
  localStorage.removeItem(MARK);
  if (state.status !== "out") enter({ status: "out" });
}

/** Nothing of somebody who leaves stays behind. */
function leave() {
  if ("userId" in state) {
    const theirs = keptKey(state.userId);
    for (const key of Object.keys(localStorage)) if (key.startsWith(theirs)) localStorage.removeItem(key);
  }
  forget();
}

/** The server knows the session no longer. */
function ended() {
  if (state.status !== "in" && state.status !== "ended") return forget();
  token = undefined;
  localStorage.removeItem(MARK);
  if (state.status === "in") enter({ status: "ended", userId: state.userId });
}

async function askForToken(): Promise<string | undefined> {
  let response: Response;
  try {
    response = await fetch(REFRESH, { method: "POST" });
  } catch {
    throw new ApiProblem(0, { code: UNREACHABLE });
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.code === UNREACHABLE || problem.status >= 500 || problem.status === 429) throw problem;
    ended();
    return undefined;
  }
  const { access_token }: { access_token: string } = await response.json();
  keep(access_token);
  return access_token;
}

async function oneTabAtATime<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? await navigator.locks.request("friender.refresh", work) : work();
}

export const session = {
  get: () => state,
  token: () => token,

  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },

  /** After a login or a sign-up. */
  begin(accessToken: string) {
    keep(accessToken);
    channel?.postMessage({ kind: "in", userId: userIdOf(accessToken) });
  },

  /** At start: signed in again by the cookie, if there is one. Throws when the server can't be reached. */
  async restore() {
    if (localStorage.getItem(MARK) === null) forget();
    else await session.refresh();
  },

  /** A new access token: one request, however many ask, and one tab after the other. None: signed out. */
  refresh(): Promise<string | undefined> {
    refreshing ??= oneTabAtATime(askForToken).finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  },

  /** After an end in mid-work: the token of the next login of the same person; none if they leave. */
  comeBack(): Promise<string | undefined> {
    if (state.status !== "ended") return Promise.resolve(token);
    const { userId } = state;
    return new Promise((resolve) => {
      const stop = session.subscribe(() => {
        if (state.status === "ended") return;
        stop();
        resolve(state.status === "in" && state.userId === userId ? token : undefined);
      });
    });
  },

  /** Whose session ended doesn't come back. */
  leave,

  /** Ends the session here, in all tabs, and at the server. */
  async end() {
    const ending = fetch("/api/v1/logout", {
      method: "POST",
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      keepalive: true,
    });
    await ending.catch(() => undefined);
    session.drop();
  },

  /** The session is gone at the server already (deleted, ended everywhere). */
  drop() {
    leave();
    channel?.postMessage({ kind: "out" });
  },
};

channel?.addEventListener("message", (event: MessageEvent<{ kind: "in" | "out"; userId?: string }>) => {
  if (event.data.kind === "out") forget();
  else if (state.status !== "in" || state.userId !== event.data.userId) session.refresh().catch(() => undefined);
});

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.get);
}
