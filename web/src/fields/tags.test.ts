import { expect, test } from "vitest";
import { addTags, MOST_TAGS, toggleTag } from "./tags";

test("what is typed becomes tags as the server keeps them", () => {
  expect(addTags(["jazz"], " Board  Games, JAZZ,, Cafe\u0301s ")).toEqual(["jazz", "board games", "cafés"]);
  expect(addTags([], "   ")).toEqual([]);
});

test("what doesn't fit is left out", () => {
  expect(addTags([], "x".repeat(41))).toEqual([]);
  const many = Array.from({ length: MOST_TAGS }, (_, index) => `tag ${index}`);
  expect(addTags(many, "one more")).toEqual(many);
});

test("a chip toggles its tag", () => {
  expect(toggleTag(["jazz"], "chess")).toEqual(["jazz", "chess"]);
  expect(toggleTag(["jazz", "chess"], "jazz")).toEqual(["chess"]);
});
