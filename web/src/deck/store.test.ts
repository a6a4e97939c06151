import { beforeEach, expect, test, vi } from "vitest";
import type { PeopleNews } from "../api/people-channel";
import { ApiProblem } from "../api/problem";
import { session } from "../api/session";
import type { DeckCalls, Match, Person } from "./calls";
import { Deck } from "./store";
import { waiting } from "./waiting";

beforeEach(() => {
  localStorage.clear();
  session.begin(`x.${btoa(JSON.stringify({ sub: "ruth" }))}.x`);
});

const person = (id: string, url = `http://s3/${id}.jpg`): Person => ({
  id,
  username: id,
  display_name: id.toUpperCase(),
  bio: "",
  hobbies: [],
  interests: [],
  shared_hobbies: [],
  shared_interests: [],
  last_active: "today",
  image_urls: [url],
  gone: false,
});

const nobody = { message: "", effective_radius: 25, within: [], decided: 0, later: 0 };
const away = new ApiProblem(0, { code: "unreachable" });

/** A server in memory that keeps to the contract: whoever is decided on is no longer on the deck. */
function world(ids: string[], calls: Partial<DeckCalls> = {}) {
  const decided: string[] = [];
  const told: PeopleNews[] = [];
  const deck = new Deck(
    {
      page: async () => {
        const items = ids.filter((id) => !decided.includes(id)).map((id) => person(id));
        return items.length > 0 ? { items } : { items, reason_empty: nobody };
      },
      send: async (id) => {
        decided.push(id);
        return undefined;
      },
      takeBack: async (id) => {
        decided.splice(decided.indexOf(id), 1);
      },
      ...calls,
    },
    (news) => told.push(news),
    waiting,
  );
  const ids_ = () => deck.get().people.map(({ id }) => id);
  return { deck, decided, told, shown: ids_ };
}

test("a decision shows at once and is sent once", async () => {
  const { deck, decided, shown, told } = world(["a", "b", "c"]);
  await deck.load();
  deck.decide("hi");
  expect(shown()).toEqual(["b", "c"]);
  expect(deck.get().departing.map(({ person }) => person.id)).toEqual(["a"]);
  await vi.waitFor(() => expect(decided).toEqual(["a"]));
  expect(told).toEqual([{ kind: "gone", personId: "a" }]);
  await deck.load();
  expect(shown()).toEqual(["b", "c"]);
});

test("what couldn't be sent comes back in its order, with a reason", async () => {
  const { deck, shown } = world(["a", "b", "c"], { send: () => Promise.reject(away) });
  await deck.load();
  deck.decide("hi");
  deck.decide("pass");
  await vi.waitFor(() => expect(shown()).toEqual(["a", "b", "c"]));
  expect(deck.get().notice).toEqual({ name: "A", error: away });
  expect(deck.get().canUndo).toBe(false);
});

test("somebody who is gone doesn't come back", async () => {
  const gone = new ApiProblem(404, { code: "not_found" });
  const { deck, shown } = world(["a", "b"], { send: () => Promise.reject(gone) });
  await deck.load();
  deck.decide("hi");
  await vi.waitFor(() => expect(deck.get().canUndo).toBe(false));
  expect(shown()).toEqual(["b"]);
});

test("undo brings the same card back, from where it went, and takes it back at the server", async () => {
  const { deck, decided, shown } = world(["a", "b"]);
  await deck.load();
  deck.decide("pass");
  await vi.waitFor(() => expect(decided).toEqual(["a"]));
  deck.undo();
  expect(shown()).toEqual(["a", "b"]);
  expect(deck.get().returned).toEqual({ personId: "a", from: "pass" });
  await vi.waitFor(() => expect(decided).toEqual([]));
  deck.decide("hi");
  await vi.waitFor(() => expect(decided).toEqual(["a"]));
});

test("an undo that the server refuses takes the card away again and says why", async () => {
  const matched = new ApiProblem(409, { code: "already_matched", detail: "You are matched." });
  const { deck, shown } = world(["a", "b"], { takeBack: () => Promise.reject(matched) });
  await deck.load();
  deck.decide("hi");
  deck.undo();
  await vi.waitFor(() => expect(shown()).toEqual(["b"]));
  expect(deck.get().notice).toEqual({ name: "A", error: matched });
});

test("a match is told, and can't be undone", async () => {
  const match = { id: "m", matched_at: "", unread: 0, user: person("a") } satisfies Match;
  const { deck } = world(["a", "b"], { send: async () => match });
  const told = vi.fn();
  deck.onMatch = told;
  await deck.load();
  deck.decide("hi");
  await vi.waitFor(() => expect(told).toHaveBeenCalledWith(match));
  expect(deck.get().canUndo).toBe(false);
});

test("whoever was decided on in another tab is gone here, also from an answer on its way", async () => {
  const { deck, shown } = world(["a", "b", "c"]);
  const loading = deck.load();
  deck.hear({ kind: "gone", personId: "a" });
  await loading;
  expect(shown()).toEqual(["b", "c"]);
  deck.hear({ kind: "gone", personId: "b" });
  expect(shown()).toEqual(["c"]);
});

test("the end says why, after everything was sent", async () => {
  const { deck, decided } = world(["a", "b"]);
  await deck.load();
  deck.decide("hi");
  deck.decide("later");
  expect(deck.get().phase).toBe("loading");
  await vi.waitFor(() => expect(deck.get()).toMatchObject({ phase: "empty", reason: nobody }));
  expect(decided).toEqual(["a", "b"]);
});

test("new links to photos replace the old ones, and the card in hand stays", async () => {
  const { deck } = world([], {
    page: vi
      .fn()
      .mockResolvedValueOnce({ items: [person("a"), person("b")] })
      .mockResolvedValue({ items: [person("b", "http://s3/b.jpg?new")] }),
  });
  await deck.load();
  await deck.load();
  expect(deck.get().people.map(({ image_urls }) => image_urls[0])).toEqual(["http://s3/a.jpg", "http://s3/b.jpg?new"]);
});

/** A server that remembers what was decided, and refuses to hear something else. */
function strict() {
  const verdicts = new Map<string, string>();
  const server = { answers: true, delay: Promise.resolve() };
  const calls: Partial<DeckCalls> = {
    send: async (id, verdict) => {
      await server.delay;
      if ((verdicts.get(id) ?? verdict) !== verdict) throw new ApiProblem(409, { code: "already_decided" });
      verdicts.set(id, verdict);
      if (!server.answers) throw away;
      return undefined;
    },
    takeBack: async (id) => {
      verdicts.delete(id);
    },
  };
  return { verdicts, server, calls };
}

test("an undo while the decision is on its way, then another one: the other one counts", async () => {
  const { verdicts, server, calls } = strict();
  const { deck } = world(["a", "b"], calls);
  await deck.load();
  let go = () => {};
  server.delay = new Promise((done) => {
    go = done;
  });
  deck.decide("hi");
  deck.undo();
  deck.decide("pass");
  go();
  await vi.waitFor(() => expect(waiting.all()).toEqual([]));
  expect([...verdicts]).toEqual([["a", "pass"]]);
});

test("whoever came back may have been decided on all the same: the new decision counts", async () => {
  const { verdicts, server, calls } = strict();
  const { deck, shown } = world(["a", "b"], calls);
  await deck.load();
  server.answers = false;
  deck.decide("hi");
  await vi.waitFor(() => expect(shown()).toEqual(["a", "b"]));
  server.answers = true;
  deck.decide("pass");
  await vi.waitFor(() => expect([...verdicts]).toEqual([["a", "pass"]]));
  expect(shown()).toEqual(["b"]);
});

test("what waits is sent after a reload, in its order; until then nobody is shown again", async () => {
  const never = world(["a", "b", "c"], { send: () => new Promise(() => {}) });
  await never.deck.load();
  never.deck.decide("hi");
  never.deck.decide("pass");
  never.deck.undo();
  never.deck.decide("later");
  const sent: string[] = [];
  const { deck, shown } = world(["a", "b", "c"], {
    send: async (id, verdict) => {
      sent.push(`${id} ${verdict}`);
      return undefined;
    },
  });
  deck.resume();
  await deck.load();
  expect(sent).toEqual(["a hi", "b later"]);
  expect(shown()).toEqual(["c"]);
  expect(waiting.all()).toEqual([]);
});

test("what can't be sent after a reload either is on the deck again", async () => {
  waiting.keep({ personId: "a", verdict: "hi", back: false });
  const { deck, shown } = world(["a", "b"], { send: () => Promise.reject(away) });
  deck.resume();
  await deck.load();
  expect(shown()).toEqual(["a", "b"]);
  expect(waiting.all()).toEqual([]);
});

test("what waits goes with the log-out, and is nobody else's", () => {
  const step = { personId: "a", verdict: "hi", back: false } as const;
  waiting.keep(step);
  session.begin(`x.${btoa(JSON.stringify({ sub: "tomas" }))}.x`);
  expect(waiting.all()).toEqual([]);
  session.begin(`x.${btoa(JSON.stringify({ sub: "ruth" }))}.x`);
  expect(waiting.all()).toEqual([step]);
  session.drop();
  session.begin(`x.${btoa(JSON.stringify({ sub: "ruth" }))}.x`);
  expect(waiting.all()).toEqual([]);
});
