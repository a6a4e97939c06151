import { expect, test, vi } from "vitest";
import type { PeopleNews } from "../api/people-channel";
import { ApiProblem } from "../api/problem";
import type { DeckCalls, Match, Person } from "./calls";
import { Deck } from "./store";

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
      send: async ({ id }) => {
        decided.push(id);
        return undefined;
      },
      takeBack: async ({ id }) => {
        decided.splice(decided.indexOf(id), 1);
      },
      ...calls,
    },
    (news) => told.push(news),
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
