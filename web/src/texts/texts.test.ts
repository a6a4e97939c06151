import { expect, test } from "vitest";
import { en } from "./en";
import { openers } from "./en/openers";
import { es } from "./es";
import { openers as primeras } from "./es/openers";

function leaves(value: unknown, path = ""): string[] {
  if (typeof value === "string") return value.trim() === "" ? [`${path} is empty`] : [path];
  if (typeof value === "function") return [`${path}()`];
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`));
}

test("every text exists in every language, lists as long in each", () => {
  expect(leaves(es)).toEqual(leaves(en));
  expect(leaves(primeras)).toEqual(leaves(openers));
  expect(leaves(en).filter((path) => path.endsWith("is empty"))).toEqual([]);
});
