import { beforeEach, expect, test } from "vitest";
import { session } from "../api/session";
import { kept, type Unsent } from "./kept";

const token = (sub: string) => `x.${btoa(JSON.stringify({ sub }))}.x`;
const unsent: Unsent = { client_id: "1", body: "Hi!", written_at: "2026-05-04T12:00:00Z", state: "failed" };

beforeEach(() => {
  localStorage.clear();
  session.begin(token("ruth"));
});

test("a draft is kept with its conversation until it is empty", () => {
  kept.keepDraft("m1", "Saturday?");
  kept.keepDraft("m2", "Sunday?");
  expect([kept.draft("m1"), kept.draft("m2"), kept.draft("m3")]).toEqual(["Saturday?", "Sunday?", ""]);
  kept.keepDraft("m1", "");
  kept.keepDraft("m2", "");
  expect(Object.keys(localStorage).filter((key) => key.startsWith("friender.kept"))).toEqual([]);
});

test("nobody sees what somebody else wrote", () => {
  kept.keepDraft("m1", "Saturday?");
  session.begin(token("tomas"));
  expect(kept.draft("m1")).toBe("");
});

test("the log-out takes everything along", () => {
  kept.keepDraft("m1", "Saturday?");
  kept.keepUnsent("m1", () => [unsent]);
  expect(kept.unsent("m1")).toEqual([unsent]);
  session.drop();
  expect(JSON.stringify({ ...localStorage })).not.toContain("Saturday");
  session.begin(token("ruth"));
  expect([kept.draft("m1"), kept.unsent("m1")]).toEqual(["", []]);
});

test("the same answer until something changes", () => {
  kept.keepUnsent("m1", () => [unsent]);
  expect(kept.unsent("m1")).toBe(kept.unsent("m1"));
  expect(kept.unsent("none")).toBe(kept.unsent("nobody"));
});
