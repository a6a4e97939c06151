import { PATIENCE } from "./browser.mjs";

/** Comes back as soon as `check` holds. */
export async function until(what, check) {
  const end = Date.now() + PATIENCE;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((go) => setTimeout(go, 100));
  }
}
