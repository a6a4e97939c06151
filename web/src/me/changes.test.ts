import { expect, test } from "vitest";
import { en } from "../texts/en";
import { changesOf, type Draft, isAdult, problemsOf } from "./changes";

const draft: Draft = {
  display_name: "Robin",
  bio: "",
  hobbies: ["climbing"],
  interests: ["jazz"],
  location: "10003",
  birth_date: "1992-09-05",
};

test("only what differs is sent", () => {
  expect(changesOf(draft, { ...draft, bio: "Hi.", hobbies: ["climbing", "chess"] })).toEqual({
    bio: "Hi.",
    hobbies: ["climbing", "chess"],
  });
  expect(changesOf(draft, { ...draft, hobbies: ["climbing"] })).toEqual({});
});

test("faults are told before the server is asked", () => {
  const bad = { ...draft, display_name: "  ", bio: "é".repeat(1002), birth_date: "2020-01-01" };
  const { form } = en.me;
  expect(problemsOf(bad, form, String)).toEqual({
    display_name: form.nameMissing,
    bio: form.bioOver("2"),
    birth_date: form.young,
  });
  expect(problemsOf(draft, form, String)).toEqual({});
});

test("one is an adult from the 18th birthday on", () => {
  expect(isAdult("2008-11-21", new Date(2026, 10, 21))).toBe(true);
  expect(isAdult("2008-11-22", new Date(2026, 10, 21))).toBe(false);
});
