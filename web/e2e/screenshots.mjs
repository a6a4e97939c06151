// Takes docs/screenshots: every page on phone and desktop, light and dark. Names of pages as arguments take only those.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DESK, logIn, openPage, PHONE, settled, withBrowser } from "./tools/browser.mjs";

const folder = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));

/** name → where it is; `prepare` brings a page into the state to be shown. One line for each page. */
const PAGES = {
  landing: { path: "/", out: true },
  login: { path: "/login", out: true },
  "sign-up": { path: "/sign-up", out: true },
  "not-found": { path: "/no-such-page", out: true },
  deck: { path: "/discover" },
  "sign-up-2": { path: "/sign-up?step=2" },
  "sign-up-3": { path: "/sign-up?step=3" },
  match: { path: "/chats", prepare: (page) => openMatch(page, "New matches", "/match/") },
  chats: { path: "/chats" },
  "first-lines": { path: "/chats", prepare: (page) => openMatch(page, "New matches", "/chats/") },
  chat: { path: "/chats", prepare: (page) => openMatch(page, "Conversations", "/chats/") },
  photos: { path: "/me/photos" },
  forgot: { path: "/password/forgot", out: true },
  me: { path: "/me" },
  edit: { path: "/me/edit" },
  "said-hi": { path: "/said-hi" },
  person: { path: "/said-hi", prepare: openFirstPerson },
  settings: { path: "/settings" },
  email: { path: "/settings/email" },
  sessions: { path: "/settings/sessions" },
  password: { path: "/settings/password" },
  mails: { path: "/settings/mails" },
  blocked: { path: "/settings/blocked" },
  reports: { path: "/settings/reports" },
  sanctions: { path: "/settings/sanctions" },
  export: { path: "/settings/export" },
  delete: { path: "/settings/delete" },
  later: { path: "/later" },
  goodbye: { path: "/goodbye", out: true },
};

async function openMatch(page, list, place) {
  const link = await page.getByLabel(list).getByRole("link").first().getAttribute("href");
  await page.goto(place + link.split("/").at(-1));
  await settled(page);
}

async function openFirstPerson(page) {
  await page.locator("main li a").first().click();
  await page.waitForURL(/\/people\//);
  await page.waitForFunction(() => {
    const photo = document.querySelector('main img:not([alt=""])');
    return photo?.complete && getComputedStyle(photo).opacity === "1";
  });
}

const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

async function take(browser, pages, sizeName, size, theme) {
  const page = await openPage(browser, { size, theme });
  let signedIn = false;
  for (const [name, { path, out, prepare }] of pages) {
    if (!out && !signedIn) {
      await logIn(page);
      signedIn = true;
    }
    await page.goto(path);
    await settled(page);
    await prepare?.(page);
    const file = `${name}-${sizeName}-${theme}.jpg`;
    await page.screenshot({ path: folder + file, type: "jpeg", quality: 72, animations: "disabled" });
    console.log(file);
  }
  await page.context().close();
}

await withBrowser(async (browser) => {
  const pages = Object.entries(PAGES).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  for (const [sizeName, size] of Object.entries({ phone: PHONE, desk: DESK })) {
    for (const theme of ["light", "dark"]) await take(browser, pages, sizeName, size, theme);
  }
});
