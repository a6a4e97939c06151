// Opens pages in Chromium. Settings: WEB_URL (where the web app is served), CHROMIUM (the browser's program),
// FRIENDER_LOGIN and FRIENDER_PASSWORD (an account to look at; those of the demo unless told).
import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";

export const WEB_URL = (process.env.WEB_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
export const LOGIN = process.env.FRIENDER_LOGIN ?? "demo";
export const PASSWORD = process.env.FRIENDER_PASSWORD ?? "make-friends-2026";
export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };
/** Machines that test are slow and busy. */
export const PATIENCE = 45_000;

const program = () => process.env.CHROMIUM ?? execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();

/** Runs `work` with a browser, which is closed afterwards. */
export async function withBrowser(work) {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath: program(), args: sandbox });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** A browser profile of its own, as on a phone or a desktop. `page.faults` collects what the page complains about. */
export async function openPage(browser, { size = PHONE, theme = "light", context, ...more } = {}) {
  const phone = size.width < 600;
  context ??= await browser.newContext({
    viewport: size,
    colorScheme: theme,
    baseURL: WEB_URL,
    locale: "en-US",
    hasTouch: phone,
    isMobile: phone,
    ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.setDefaultNavigationTimeout(PATIENCE);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) page.faults.push(message.text());
  });
  return page;
}

/** Logs in through the form and waits for the first page behind it. */
export async function logIn(page, { login = LOGIN, password = PASSWORD, to = "/discover" } = {}) {
  await page.goto(`/login?next=${encodeURIComponent(to)}`);
  await page.getByLabel("Username or email").fill(login);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL((url) => url.pathname === to.split("?")[0]);
}

/** Nothing is loading: no skeleton, no request, all pictures there. */
export async function settled(page) {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(
    () =>
      !document.querySelector('[role="status"] .animate-pulse') &&
      [...document.images].every((image) => image.complete || image.loading === "lazy"),
  );
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
