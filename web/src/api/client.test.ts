import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answer, api } from "./client";
import { ApiProblem } from "./problem";
import { session } from "./session";

const tokenFor = (sub: string, turn: number) => `h.${btoa(JSON.stringify({ sub, turn }))}.s`;
const json = (status: number, body: unknown, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });

let refreshes = 0;
let good = "";
let mayRefresh = true;

const server = async (input: RequestInfo | URL): Promise<Response> => {
  const request = input instanceof Request ? input : new Request(new URL(String(input), location.origin));
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/token/refresh")) {
    if (!mayRefresh) return json(401, { code: "session_ended", detail: "Log in again." });
    refreshes += 1;
    good = tokenFor("me", refreshes);
    return json(200, { access_token: good });
  }
  if (request.headers.get("Authorization") !== `Bearer ${good}`) {
    return json(401, { code: "token_expired", detail: "Refresh it." });
  }
  return json(200, { user: { id: "me", sent: request.method === "GET" ? "" : await request.text() } });
};

beforeEach(() => {
  refreshes = 0;
  mayRefresh = true;
  vi.stubGlobal("fetch", vi.fn(server));
  session.begin(tokenFor("me", 0));
});
afterEach(() => vi.unstubAllGlobals());

test("many requests with a token that ran out share one refresh, and all succeed", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => answer(api.GET("/api/v1/me"))));
  expect(answers.map(({ user }) => user.id)).toEqual(Array(8).fill("me"));
  expect(refreshes).toBe(1);
});

test("a write is sent again with its body", async () => {
  const changed = await answer(api.PATCH("/api/v1/me", { body: { bio: "Hello" } }));
  expect(changed).toMatchObject({ user: { sent: '{"bio":"Hello"}' } });
});

test("when the session is over, the state says so and the problem reaches the caller", async () => {
  mayRefresh = false;
  await expect(answer(api.GET("/api/v1/me"))).rejects.toMatchObject({ status: 401, code: "token_expired" });
  expect(session.get()).toEqual({ status: "out" });
});

test("no answer is a problem of its own, and doesn't sign out", async () => {
  vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("Failed to fetch")));
  const problem: unknown = await answer(api.GET("/api/v1/me")).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(problem).toMatchObject({ status: 0, code: "unreachable" });
  expect(session.get().status).toBe("in");
});
