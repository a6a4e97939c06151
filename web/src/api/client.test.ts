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

test("when the session ends in mid-work, requests wait for its person and then go on", async () => {
  mayRefresh = false;
  const saved = answer(api.PATCH("/api/v1/me", { body: { bio: "Hello" } }));
  await vi.waitFor(() => expect(session.get()).toEqual({ status: "ended", userId: "me" }));
  good = tokenFor("me", 7);
  session.begin(good);
  expect(await saved).toMatchObject({ user: { sent: '{"bio":"Hello"}' } });
});

test("when somebody else comes instead, or nobody, what waited is refused", async () => {
  mayRefresh = false;
  const saved = answer(api.PATCH("/api/v1/me", { body: { bio: "Hello" } }));
  const read = answer(api.GET("/api/v1/me"));
  const refused = Promise.allSettled([saved, read]);
  await vi.waitFor(() => expect(session.get().status).toBe("ended"));
  session.begin(tokenFor("other", 1));
  expect((await refused).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const after = answer(api.GET("/api/v1/me"));
  const gone = expect(after).rejects.toMatchObject({ status: 401 });
  await vi.waitFor(() => expect(session.get().status).toBe("ended"));
  session.leave();
  await gone;
  expect(session.get()).toEqual({ status: "out" });
});

test("no answer is a problem of its own, and doesn't sign out", async () => {
  vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("Failed to fetch")));
  const problem: unknown = await answer(api.GET("/api/v1/me")).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(problem).toMatchObject({ status: 0, code: "unreachable" });
  expect(session.get().status).toBe("in");
});
