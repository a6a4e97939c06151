import { expect, test } from "vitest";
import { en } from "./en";
import { openers as enOpeners } from "./en/openers";
import { settings as enSettings } from "./en/settings";
import { es } from "./es";
import { openers as esOpeners } from "./es/openers";
import { settings as esSettings } from "./es/settings";

function leaves(value: unknown, path = ""): string[] {
  if (typeof value === "string") return value.trim() === "" ? [`${path} is empty`] : [path];
  if (typeof value === "function") return [`${path}()`];
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`));
}

test("every text exists in every language, lists as long in each", () => {
  const english = leaves({ ...en, openers: enOpeners, settings: enSettings });
  const spanish = leaves({ ...es, openers: esOpeners, settings: esSettings });
  expect(spanish).toEqual(english);
  expect(english.filter((path) => path.endsWith("is empty"))).toEqual([]);
});

test("a name that ends with a dot ends the sentence, too", () => {
  for (const { deck, person } of [en, es]) {
    for (const said of [deck.saidHi("Priya S."), deck.cameBack("Priya S.", "Why."), person.passed("Priya S.")]) {
      expect(said).toContain("Priya S.");
      expect(said).not.toContain("..");
    }
  }
  expect(en.deck.saidHi("Priya")).toBe("You said hi to Priya.");
});
