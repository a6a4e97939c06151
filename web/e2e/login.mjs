import assert from "node:assert/strict";
import { expectAccessibleInBothThemes } from "./tools/axe.mjs";
import { logIn, openPage, settled } from "./tools/browser.mjs";

export const stories = {
  async "landing and login are accessible in light and dark"(browser) {
    const page = await openPage(browser);
    for (const path of ["/", "/login", "/no-such-page"]) {
      await page.goto(path);
      await settled(page);
      await expectAccessibleInBothThemes(page, path);
    }
    assert.deepEqual(page.faults, []);
  },

  async "a wrong password is said in words, and nothing typed is lost"(browser) {
    const page = await openPage(browser);
    await page.goto("/login");
    await page.getByLabel("Username or email").fill("demo");
    await page.getByLabel("Password", { exact: true }).fill("not-the-password");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("alert").waitFor();
    assert.equal(await page.getByLabel("Username or email").inputValue(), "demo");
  },

  async "a deep link survives the login, and the login survives a reload"(browser) {
    const page = await openPage(browser);
    await page.goto("/settings");
    await page.waitForURL((url) => url.pathname === "/login" && url.searchParams.get("next") === "/settings");
    await logIn(page, { to: "/settings" });
    await page.reload();
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/settings");
    assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes("eyJ")), false);
    assert.deepEqual(page.faults, []);
  },

  async "logging out ends it in all tabs"(browser) {
    const page = await openPage(browser, { size: { width: 1200, height: 800 } });
    await logIn(page);
    const other = await openPage(browser, { context: page.context() });
    await other.goto("/settings");
    await other.getByRole("heading", { name: "Settings" }).waitFor();
    await page.getByRole("button", { name: "Log out" }).click();
    await page.waitForURL(/\/login/);
    await other.waitForURL(/\/login\?next=%2Fsettings/);
  },
};
