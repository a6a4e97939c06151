// Draws public/icons/*.png from public/favicon.svg with Chromium (CHROMIUM names its program).
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { withBrowser } from "../e2e/tools/browser.mjs";

const folder = fileURLToPath(new URL("../public/icons/", import.meta.url));
const mark = readFileSync(new URL("../public/favicon.svg", import.meta.url), "utf8");
const square = mark.replace('rx="9"', "");
// What a mask may cut away is only ground: the mark keeps to the middle.
const small = square
  .replace("<g ", '<g style="transform:scale(.72);transform-origin:16px 16px"><g ')
  .replace("</svg>", "</g></svg>");

const ICONS = [
  ["icon-192.png", 192, mark],
  ["icon-512.png", 512, mark],
  ["maskable-512.png", 512, small],
  ["apple-touch-icon.png", 180, square],
];

mkdirSync(folder, { recursive: true });
await withBrowser(async (browser) => {
  for (const [name, side, svg] of ICONS) {
    const page = await browser.newPage({ viewport: { width: side, height: side } });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
    await page.screenshot({ path: folder + name, omitBackground: true });
    await page.close();
  }
});
