import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { session } from "../api/session";
import { kept } from "./kept";
import { outbox } from "./outbox";

const server = { bodies: [] as { body: string; client_id: string }[], answer: (): Response => new Response() };
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const states = () => kept.unsent("m").map(({ body, state }) => `${body} ${state}`);

beforeEach(() => {
  localStorage.clear();
  session.begin(`x.${btoa(JSON.stringify({ sub: "ruth" }))}.x`);
  server.bodies = [];
  server.answer = () => json(201, { message: { seq: 1 } });
  vi.stubGlobal("fetch", async (request: Request) => {
    server.bodies.push(await request.json());
    return server.answer();
  });
});
afterEach(() => vi.unstubAllGlobals());

test("what was written goes in order, and is kept no longer", async () => {
  outbox.send("m", "one");
  outbox.send("m", "two");
  expect(states()).toEqual(["one sending", "two sending"]);
  await vi.waitFor(() => expect(states()).toEqual([]));
  expect(server.bodies.map(({ body }) => body)).toEqual(["one", "two"]);
});

test("without an answer nothing overtakes, and a retry has the same id", async () => {
  server.answer = () => {
    throw new TypeError("Failed to fetch");
  };
  outbox.send("m", "one");
  outbox.send("m", "two");
  await vi.waitFor(() => expect(states()).toEqual(["one failed", "two failed"]));
  expect(server.bodies.map(({ body }) => body)).toEqual(["one"]);
  server.answer = () => json(201, { message: { seq: 1 } });
  outbox.tryAgain("m");
  await vi.waitFor(() => expect(states()).toEqual([]));
  expect(server.bodies.map(({ body }) => body)).toEqual(["one", "one", "two"]);
  expect(server.bodies[1]?.client_id).toBe(server.bodies[0]?.client_id);
});

test("a refusal says why, and lets the next one through", async () => {
  server.answer = () => json(422, { code: "invalid", detail: "Too long." });
  outbox.send("m", "one");
  await vi.waitFor(() => expect(states()).toEqual(["one refused"]));
  expect(kept.unsent("m")[0]?.why).toBe("Too long.");
  server.answer = () => json(201, { message: { seq: 1 } });
  outbox.send("m", "two");
  await vi.waitFor(() => expect(states()).toEqual(["one refused"]));
});
