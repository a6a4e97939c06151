import assert from "node:assert/strict";
import { call, newPerson } from "./tools/api.mjs";
import { expectAccessibleInBothThemes } from "./tools/axe.mjs";
import { logIn, openPage, PATIENCE, settled } from "./tools/browser.mjs";

const PAGES = [
  "",
  "/email",
  "/mails",
  "/password",
  "/sessions",
  "/blocked",
  "/reports",
  "/sanctions",
  "/export",
  "/delete",
];

async function open(browser, to, fields) {
  const person = await newPerson(fields);
  const page = await openPage(browser);
  await logIn(page, { ...person, to });
  return { person, page };
}

/** Asks until the server says so. */
async function eventually(look, wanted) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const seen = await look();
    if (seen === wanted) return;
    if (Date.now() > end) assert.equal(seen, wanted);
    await new Promise((done) => setTimeout(done, 200));
  }
}

export const stories = {
  async "all settings are accessible in light and dark"(browser) {
    const { page } = await open(browser, "/settings");
    for (const path of PAGES) {
      await page.goto(`/settings${path}`);
      await settled(page);
      await expectAccessibleInBothThemes(page, `/settings${path}`);
    }
    assert.deepEqual(page.faults, []);
  },

  async "radius, place and pause count at once, by keyboard"(browser) {
    const { page, person } = await open(browser, "/settings");
    const me = async () => (await call("GET", "/me", { token: person.token })).user;
    const slider = page.getByRole("slider", { name: "How far" });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await eventually(async () => (await me()).friend_radius, 50);
    await page.getByRole("radio", { name: "Only the state" }).click();
    await page.getByText("Others read: NY").waitFor();
    await page.getByRole("switch", { name: "Pause" }).focus();
    await page.keyboard.press("Space");
    await eventually(async () => (await me()).paused, true);
    await page.goto("/me");
    await page.getByRole("button", { name: "Show me again" }).click();
    await eventually(async () => (await me()).paused, false);
  },

  async "what the server refuses goes back, and says why"(browser) {
    const { page } = await open(browser, "/settings");
    const pause = page.getByRole("switch", { name: "Pause" });
    await pause.waitFor();
    await page.route("**/api/v1/me/pause", (route) => route.abort("connectionrefused"));
    await pause.click();
    await page.getByRole("alert").getByText("That wasn’t kept.").waitFor();
    assert.equal(await pause.getAttribute("aria-checked"), "false");
  },

  async "theme and language stay chosen"(browser) {
    const { page } = await open(browser, "/settings");
    await page.getByRole("radio", { name: "Dark", exact: true }).check();
    await page.getByRole("radio", { name: "Español" }).click();
    await page.getByRole("heading", { name: "Ajustes" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Ajustes" }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    assert.equal(await page.evaluate(() => document.documentElement.lang), "es");
  },

  async "another password: asked for the old one first, all other sessions end"(browser) {
    const { page, person } = await open(browser, "/settings/password");
    const next = "three-words-of-mine-9";
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: "Change the password" }).click();
    await page.getByText("3 more characters, please.").waitFor();
    await page.getByLabel("New password").fill("password");
    await page.getByRole("button", { name: "Change the password" }).click();
    await page.locator("[aria-invalid=true]").waitFor();
    // As if the login were longer ago than ten minutes.
    const problem = { code: "fresh_login_required", status: 401, detail: "", errors: [] };
    await page.route("**/api/v1/me/password", (route) => route.fulfill({ status: 401, json: problem }), { times: 1 });
    await page.getByLabel("New password").fill(next);
    await page.getByRole("button", { name: "Change the password" }).click();
    const dialog = page.getByRole("dialog", { name: "Please give your password again" });
    await dialog.waitFor();
    await expectAccessibleInBothThemes(page, "password again");
    await dialog.getByLabel("Your password").fill("not-my-password");
    await dialog.getByRole("button", { name: "Go on" }).click();
    await dialog.getByText("That is not your password.").waitFor();
    await dialog.getByLabel("Your password").fill(person.password);
    await dialog.getByRole("button", { name: "Go on" }).click();
    await page.getByText("Your password is changed.").waitFor();
    await call("POST", "/login", { body: { username: person.login, password: next } });
    await assert.rejects(call("GET", "/me", { token: person.token }), /401/);
  },

  async "sessions end one by one and all together"(browser) {
    const { page, person } = await open(browser, "/settings/sessions");
    await page.getByText("This one").waitFor();
    const others = page.getByRole("button", { name: /^Log out (?!everywhere)/ });
    await others.first().waitFor();
    await others.first().click();
    await others.first().waitFor({ state: "detached" });
    const seen = () =>
      call("GET", "/me", { token: person.token }).then(
        () => "in",
        () => "out",
      );
    await eventually(seen, "out");
    await page.getByRole("button", { name: "Log out everywhere" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Log out everywhere" }).click();
    await page.waitForURL(/\/login/);
  },

  async "an address is added, and its mail is listed"(browser) {
    const { page } = await open(browser, "/settings/email");
    await page.getByLabel("New address").fill("no address");
    await page.getByRole("button", { name: "Mail me the link" }).click();
    await page.locator("[aria-invalid=true]").waitFor();
    const address = `e2e-${Date.now()}@example.org`;
    await page.getByLabel("New address").fill(address);
    await page.getByRole("button", { name: "Mail me the link" }).click();
    await page.getByText("A mail is on its way to the new address.").waitFor();
    await page.getByText("Not confirmed yet").waitFor();
    await page.getByRole("link", { name: "What we mailed you" }).click();
    await page.getByText("Confirm your address").waitFor();
    await page.getByText(address).first().waitFor();
  },

  async "whom one blocked can be let go"(browser) {
    const other = await newPerson();
    const { page, person } = await open(browser, "/settings");
    await call("POST", "/blocks", { token: person.token, body: { user_id: other.user.id } });
    await page.getByRole("link", { name: /Blocked people/ }).click();
    await page.getByRole("button", { name: `Unblock ${other.login}` }).click();
    await page.getByText("You have blocked nobody.").waitFor();
    await eventually(async () => (await call("GET", "/blocks", { token: person.token })).items.length, 0);
  },

  async "a copy of everything is made and fetched"(browser) {
    const { page } = await open(browser, "/settings/export");
    await page.getByRole("button", { name: "Make a copy" }).click();
    const link = page.getByRole("link", { name: /Download/ });
    await link.waitFor({ timeout: 3 * PATIENCE });
    const archive = await fetch(await link.getAttribute("href"));
    assert.equal(archive.status, 200);
    assert.equal(
      Buffer.from(await archive.arrayBuffer())
        .subarray(0, 2)
        .toString(),
      "PK",
    );
  },

  async "deleting tells what happens first, and a login takes it back"(browser) {
    const { page, person } = await open(browser, "/settings/delete");
    await page.getByText("For 14 days nothing is lost").waitFor();
    await page.getByLabel("Your password").fill("not-my-password");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete my account" }).click();
    await page.getByText("That is not your password.").waitFor();
    const overflow = () => page.evaluate(() => getComputedStyle(document.documentElement).overflowY);
    assert.notEqual(await overflow(), "hidden");
    await page.getByLabel("Your password").fill(person.password);
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByRole("dialog").waitFor();
    assert.equal(await overflow(), "hidden", "the page behind a dialog doesn't scroll");
    await page.getByRole("dialog").getByRole("button", { name: "Delete my account" }).click();
    await page.getByRole("heading", { name: "Your account is switched off" }).waitFor();
    await expectAccessibleInBothThemes(page, "/goodbye");
    await page.goto("/login");
    await page.getByLabel("Username or email").fill(person.login);
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("Your account is back").waitFor();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.waitForURL((url) => url.pathname === "/discover");
  },
};
