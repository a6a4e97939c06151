import assert from "node:assert/strict";
import { newPerson } from "./tools/api.mjs";
import { logIn, openPage } from "./tools/browser.mjs";

export const stories = {
  async "without a connection the app opens, says so, and goes on when it is back"(browser) {
    const page = await openPage(browser);
    await logIn(page, await newPerson());
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.context().setOffline(true);
    await page.reload();
    await page.getByText("You are offline", { exact: false }).waitFor();
    await page.getByText("We can’t reach Friender").waitFor();
    await page.context().setOffline(false);
    await page.locator('article[data-role="top"]').waitFor();
    assert.equal(new URL(page.url()).pathname, "/discover");
  },

  async "what the API answered is in no cache"(browser) {
    const page = await openPage(browser);
    await logIn(page, await newPerson());
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const kept = await page.evaluate(async () => {
      const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      return (await Promise.all(caches_.map((cache) => cache.keys()))).flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.includes("/"));
    assert.deepEqual(
      kept.filter((path) => path !== "/" && !path.startsWith("/assets/")),
      [],
    );
  },
};
