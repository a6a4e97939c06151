import { expect, test } from "vitest";
import { hasControls, isAdult, isEmail, isUsername, strengthOf } from "./rules";

test("a password's strength is its length, as the server counts it", () => {
  expect(["", "1234567", "12345678", "é".repeat(8), "e\u0301".repeat(7)].map(strengthOf)).toEqual([0, 0, 1, 1, 0]);
  expect([12, 16, 128, 129].map((length) => strengthOf("x".repeat(length)))).toEqual([2, 3, 3, 0]);
  expect(hasControls("tab\there")).toBe(true);
  expect(hasControls("correct horse é")).toBe(false);
});

test("names and addresses", () => {
  expect(["ada", "Ada.L_ovelace-1"].every(isUsername)).toBe(true);
  expect(["", "ab", "ada ", "аda", "ad@", "x".repeat(31)].some(isUsername)).toBe(false);
  expect(isEmail("ada@example.org")).toBe(true);
  expect(["ada", "ada@", "@example.org", "ada@example", "a b@example.org"].some(isEmail)).toBe(false);
});

test("adults are 18 on their birthday", () => {
  const today = new Date(2026, 10, 21);
  expect(isAdult("2008-11-21", today)).toBe(true);
  expect(isAdult("2008-11-22", today)).toBe(false);
});
