import { expect, test } from "vitest";
import { ApiProblem } from "../api/problem";
import { pollIn } from "./poll";

const now = Date.parse("2026-05-04T12:00:00Z");
const at = (minutesAgo: number) => new Date(now - minutesAgo * 60_000).toISOString();

test("a lively conversation is asked for sooner than a quiet one", () => {
  const lively = Number(pollIn({ error: null, lastAt: at(1), now }));
  expect(lively).toBeLessThan(Number(pollIn({ error: null, lastAt: at(60), now })));
  expect(lively).toBeGreaterThanOrEqual(1000);
});

test("a hidden tab asks ever more seldom", () => {
  const after = (minutes: number) =>
    Number(pollIn({ error: null, lastAt: at(1), now, hidden: now - minutes * 60_000 }));
  expect(after(0)).toBe(10_000);
  expect(after(1)).toBe(60_000);
  expect(after(600)).toBe(300_000);
});

test("what is over isn't asked for, what is away is", () => {
  expect(pollIn({ error: new ApiProblem(404, {}), lastAt: at(1), now })).toBe(false);
  expect(pollIn({ error: new ApiProblem(503, {}), lastAt: at(1), now })).toBeGreaterThan(5000);
});
