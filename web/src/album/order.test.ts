import { expect, test } from "vitest";
import { inOrder, moved, movedTo } from "./order";

test("one photo goes somewhere else, the others close up", () => {
  expect(moved(["a", "b", "c", "d"], 0, 2)).toEqual(["b", "c", "a", "d"]);
  expect(moved(["a", "b", "c", "d"], 3, 0)).toEqual(["d", "a", "b", "c"]);
  expect(moved(["a", "b"], 0, 9)).toEqual(["b", "a"]);
  expect(moved(["a", "b"], 5, 0)).toEqual(["a", "b"]);
});

test("arrows move by one and stop at the ends", () => {
  expect(["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown", "Home", "End"].map((key) => movedTo(key, 1, 4))).toEqual([
    0, 0, 2, 2, 0, 3,
  ]);
  expect(movedTo("ArrowLeft", 0, 4)).toBe(0);
  expect(movedTo("ArrowRight", 3, 4)).toBe(3);
  expect(movedTo("a", 1, 4)).toBeUndefined();
});

test("photos that an order doesn't name come last", () => {
  const photos = ["a", "b", "c"].map((id) => ({ id }));
  expect(inOrder(photos, ["c", "a"]).map(({ id }) => id)).toEqual(["c", "a", "b"]);
});
