import { expect, test } from "vitest";
import { openers } from "../texts/en/openers";
import { firstLines } from "./openers";

const person = { hobbies: [], interests: [], shared_hobbies: [], shared_interests: [] };
const lines = (fields: Partial<Record<keyof typeof person, string[]>>) => firstLines({ ...person, ...fields }, openers);

test("what both share makes the lines, what we know best first", () => {
  expect(lines({ shared_hobbies: ["zines", "climbing"], shared_interests: ["jazz"] })).toEqual([
    "Which hall do you climb at?",
    "Where do you go to hear jazz?",
    "How did you get into zines?",
  ]);
});

test("there are always three, never the same twice", () => {
  expect(lines({})).toEqual(openers.general);
  expect(lines({ hobbies: ["curling"] })[0]).toBe("How did you get into curling?");
  for (const shared of [["climbing"], ["climbing", "climbing"], ["a", "b", "c", "d"]]) {
    expect(new Set(lines({ shared_hobbies: shared, hobbies: shared })).size).toBe(3);
  }
});
