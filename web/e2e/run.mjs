// Runs the stories: all, or those whose names are given (`npm run e2e -- login deck`). Each file beside this one
// exports `stories`: an object of named async functions that get a browser.
import { readdirSync } from "node:fs";
import { WEB_URL, withBrowser } from "./tools/browser.mjs";

const wanted = process.argv.slice(2);
const NOT_STORIES = ["run.mjs", "screenshots.mjs"];
// Needs somebody who kills its server.
const ONLY_BY_NAME = ["gone.mjs"];
const files = readdirSync(new URL(".", import.meta.url))
  .filter((name) => name.endsWith(".mjs") && !NOT_STORIES.includes(name))
  .filter((name) => (wanted.length === 0 ? !ONLY_BY_NAME.includes(name) : wanted.includes(name.slice(0, -4))));

if (!(await fetch(`${WEB_URL}/`).catch(() => undefined))?.ok) {
  console.error(`Nothing is served at ${WEB_URL}. Start it, or set WEB_URL.`);
  process.exit(1);
}

let failed = 0;
for (const file of files) {
  const { stories } = await import(new URL(file, import.meta.url).href);
  for (const [name, story] of Object.entries(stories)) {
    const begun = Date.now();
    try {
      await withBrowser(story);
      console.log(`ok    ${file}: ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      console.error(`FAIL  ${file}: ${name}\n${error instanceof Error ? error.stack : error}`);
    }
  }
}
process.exit(failed > 0 ? 1 : 0);
