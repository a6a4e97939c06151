// Accessibility by axe-core, in the theme that the page shows.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Throws with every violation named. Run it when the page has settled. */
export async function expectAccessible(page, where) {
  await page.evaluate(source);
  const { violations } = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } }),
    TAGS,
  );
  if (violations.length > 0) {
    const told = violations.map(
      ({ id, help, nodes }) => `  ${id}: ${help}\n    ${nodes.map(({ html }) => html.slice(0, 160)).join("\n    ")}`,
    );
    throw new Error(`axe on ${where}:\n${told.join("\n")}`);
  }
}

/** The same in light and dark: `colorScheme` is switched under the page. */
export async function expectAccessibleInBothThemes(page, where) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Colours change over by transitions, however short.
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await expectAccessible(page, `${where}, ${colorScheme}`);
  }
}
