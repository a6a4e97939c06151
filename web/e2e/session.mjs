import assert from "node:assert/strict";
import { call, newPerson } from "./tools/api.mjs";
import { expectAccessibleInBothThemes } from "./tools/axe.mjs";
import { DESK, logIn, openPage } from "./tools/browser.mjs";

const bioOf = async (token) => (await call("GET", "/me", { token })).user.bio;

/** Ends every session of somebody, at the server only. */
async function endEverywhere({ login, password }) {
  const { access_token: token } = await call("POST", "/login", { body: { username: login, password } });
  await call("POST", "/logout/all", { token });
}

async function tokenOf({ login, password }) {
  return (await call("POST", "/login", { body: { username: login, password } })).access_token;
}

export const stories = {
  async "a session that ends in mid-work loses nothing: log in again, and it goes on"(browser) {
    const person = await newPerson();
    const page = await openPage(browser);
    await logIn(page, { ...person, to: "/me/edit" });
    await page.getByLabel(/About you/).fill("Written before the session ended.");
    await endEverywhere(person);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("dialog", { name: "Please log in again" }).waitFor();
    await expectAccessibleInBothThemes(page, "login again");
    assert.equal(await page.getByLabel("Username or email").inputValue(), person.login);
    await page.getByLabel("Password", { exact: true }).fill("not-my-password");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Log in" }).click();
    // What was sent when the session ended is sent again by itself.
    await page.waitForURL((url) => url.pathname === "/me");
    await page.getByText("Written before the session ended.").waitFor();
    assert.equal(await bioOf(await tokenOf(person)), "Written before the session ended.");
    assert.deepEqual(page.faults, []);
  },

  async "typed words outlive a session that ends while nothing is sent"(browser) {
    const person = await newPerson();
    const page = await openPage(browser);
    await logIn(page, { ...person, to: "/me/edit" });
    await page.getByLabel(/About you/).fill("Half a sent");
    await endEverywhere(person);
    // The next look at the conversations finds the session gone.
    await page.getByRole("dialog", { name: "Please log in again" }).waitFor();
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(await page.getByLabel(/About you/).inputValue(), "Half a sent");
    assert.equal(new URL(page.url()).pathname, "/me/edit");
  },

  async "somebody else gets nothing of what was there"(browser) {
    const [person, other] = [await newPerson(), await newPerson()];
    const page = await openPage(browser);
    await logIn(page, { ...person, to: "/me/edit" });
    await page.getByLabel(/About you/).fill("Not for other eyes");
    await endEverywhere(person);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "I am somebody else" }).click();
    await page.waitForURL(/\/login/);
    await page.getByLabel("Username or email").fill(other.login);
    await page.getByLabel("Password", { exact: true }).fill(other.password);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL((url) => url.pathname === "/me/edit");
    await page.getByLabel(/About you/).waitFor();
    assert.equal(await page.getByLabel(/About you/).inputValue(), "Here to test the pages.");
  },

  async "the server goes away and comes back; what was typed is still there"(browser) {
    const person = await newPerson();
    const page = await openPage(browser);
    await logIn(page, { ...person, to: "/me/edit" });
    await page.getByLabel(/About you/).fill("Saved at the second try.");
    await page.route(/\/(api|livez)/, (route) => route.abort("connectionrefused"));
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("alert").getByText("Nothing you wrote is lost").waitFor();
    await page.getByText("Friender doesn’t answer just now").waitFor();
    assert.equal(await page.getByLabel(/About you/).inputValue(), "Saved at the second try.");
    await page.unroute(/\/(api|livez)/);
    await page.getByText("Friender doesn’t answer just now").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForURL((url) => url.pathname === "/me");
    assert.equal(await bioOf(person.token), "Saved at the second try.");
  },

  async "started without a server, the app says so and goes on by itself"(browser) {
    const person = await newPerson();
    const page = await openPage(browser);
    await logIn(page, { ...person, to: "/me" });
    await page.route(/\/(api|livez)/, (route) => route.abort("connectionrefused"));
    await page.reload();
    await page.getByRole("heading", { name: "We can’t reach Friender" }).waitFor();
    await expectAccessibleInBothThemes(page, "no server");
    await page.unroute(/\/(api|livez)/);
    await page.getByRole("heading", { name: "You", exact: true }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/me");
  },

  async "two tabs: a logout empties both, and a login in one opens the other"(browser) {
    const person = await newPerson();
    const page = await openPage(browser);
    await logIn(page, { ...person, to: "/me" });
    const other = await openPage(browser, { context: page.context() });
    await other.goto("/me/edit");
    await other.getByLabel(/About you/).waitFor();
    await page.getByRole("button", { name: "Log out" }).click();
    await page.waitForURL(/\/login/);
    await other.waitForURL(/\/login\?next=%2Fme%2Fedit/);
    await page.getByLabel("Username or email").fill(person.login);
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL((url) => url.pathname !== "/login");
    await other.waitForURL((url) => url.pathname === "/me/edit");
  },

  async "who is kept out reads why and can object"(browser) {
    const page = await openPage(browser);
    const sanction = {
      id: "01a1ff14-3d71-7564-a366-de406bb79332",
      kind: "suspension",
      rule: "spam",
      rule_text: "No advertising.",
      reason: "The same text to forty people.",
      evidence: "Your messages of Friday.",
      created_at: "2026-11-20T10:00:00Z",
      ends_at: "2026-11-27T10:00:00Z",
      lifted_at: null,
      appeal: null,
    };
    const problem = {
      code: "account_suspended",
      status: 403,
      detail: "",
      errors: [],
      appeal_token: "appeal-1",
      sanction,
    };
    await page.route("**/api/v1/login", (route) => route.fulfill({ status: 403, json: problem }));
    let sent;
    await page.route("**/api/v1/me/sanctions/*/appeal", (route) => {
      sent = { token: route.request().headers().authorization, body: route.request().postDataJSON() };
      const appeal = { text: sent.body.text, appealed_at: "2026-11-21T10:00:00Z", granted: null, answer: null };
      return route.fulfill({ status: 201, json: { sanction: { ...sanction, appeal } } });
    });
    await page.goto("/login");
    await page.getByLabel("Username or email").fill("somebody");
    await page.getByLabel("Password", { exact: true }).fill("right-password-1");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { name: /suspended until/ }).waitFor();
    await page.getByText("The same text to forty people.").waitFor();
    await expectAccessibleInBothThemes(page, "kept out");
    await page.getByLabel("What you say against it").fill("It was an invitation to a picnic.");
    await page.getByRole("button", { name: "Send the appeal" }).click();
    await page.getByText("A moderator will answer it here.").waitFor();
    assert.deepEqual(sent, { token: "Bearer appeal-1", body: { text: "It was an invitation to a picnic." } });
  },

  async "a forgotten password: the same answer for every name"(browser) {
    const page = await openPage(browser, { size: DESK });
    await page.goto("/login");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await page.getByRole("heading", { name: "Forgot your password?" }).waitFor();
    await expectAccessibleInBothThemes(page, "/password/forgot");
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await page.getByText("Please type your username").waitFor();
    await page.getByLabel("Username or email").fill("nobody-of-this-name");
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
    await expectAccessibleInBothThemes(page, "/password/forgot, sent");
  },
};
