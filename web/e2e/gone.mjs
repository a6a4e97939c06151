// The server is killed and comes back. Only whoever can do that to it runs this: tests/it/web/gone.rs.
import assert from "node:assert/strict";
import { call, newPerson } from "./tools/api.mjs";
import { DESK, logIn, openPage } from "./tools/browser.mjs";
import { newPair } from "./tools/pair.mjs";
import { killServer, startServer } from "./tools/server.mjs";
import { until } from "./tools/until.mjs";

const AWAY = "Friender doesn’t answer just now";

const enter = (page, person, to) => logIn(page, { login: person.login, password: person.password, to });
const bubble = (page, text) => page.locator("section p").filter({ hasText: text });
const bar = (page) => page.getByText(AWAY, { exact: false });
const topCard = (page) => page.locator('article[data-role="top"]');
const sayHi = (page) => page.getByRole("button", { name: "Say hi" }).click();
const isSent = (page, method, path) =>
  page.waitForRequest((request) => request.method() === method && request.url().endsWith(path));

async function say(page, name, text) {
  await page.getByLabel(`Message to ${name}`).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

async function edit(page, bio) {
  await page.getByLabel(/About you/).fill(bio);
  await page.getByRole("button", { name: "Save" }).click();
}

const bioOf = async ({ token }) => (await call("GET", "/me", { token })).user.bio;
const deckOf = async ({ token }) => (await call("GET", "/deck?limit=100", { token })).items.map(({ id }) => id);
const wordsOf = async ({ token }, matchId) =>
  (await call("GET", `/matches/${matchId}/messages`, { token })).items.map(({ body }) => body);

/**
 * Ruth has her conversation, the deck and her profile open in three tabs, Tomás the conversation on his phone. Nobody
 * but Nils lives near them.
 */
async function twoPeople(browser, location) {
  const here = { location, friend_radius: 5 };
  const { one: ruth, other: tomas, matchId } = await newPair(here, here);
  const nils = await newPerson({ display_name: "Nils", ...here });
  const chat = await openPage(browser, { size: DESK });
  await enter(chat, ruth, `/chats/${matchId}`);
  const [deck, profile] = [
    await openPage(browser, { context: chat.context() }),
    await openPage(browser, { context: chat.context() }),
  ];
  await deck.goto("/discover");
  await topCard(deck).filter({ hasText: "Nils" }).waitFor();
  await profile.goto("/me/edit");
  await profile.getByLabel(/About you/).waitFor();
  const phone = await openPage(browser);
  await enter(phone, tomas, `/chats/${matchId}`);
  await phone.getByLabel("Message to Ruth").waitFor();
  return { ruth, tomas, nils, matchId, chat, deck, profile, phone };
}

export const stories = {
  async "killed while it is away: what is done meanwhile is shown as not done, and goes on when it is back"(browser) {
    const { ruth, tomas, nils, matchId, chat, deck, profile, phone } = await twoPeople(browser, "99762");
    await say(chat, "Tomás", "Before it went.");
    await bubble(phone, "Before it went.").waitFor();
    await phone.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

    await killServer();
    await say(chat, "Tomás", "While it was away.");
    await chat.getByRole("button", { name: "Try again" }).waitFor();
    await bar(chat).waitFor();
    await bubble(chat, "Before it went.").waitFor();
    await deck.bringToFront();
    await sayHi(deck);
    await deck.getByText("That didn’t reach", { exact: false }).waitFor();
    await topCard(deck).filter({ hasText: "Nils" }).waitFor();
    await bar(deck).waitFor();
    await profile.bringToFront();
    await edit(profile, "Saved at the second try.");
    await profile.getByRole("alert").getByText("Nothing you wrote is lost").waitFor();
    await bar(profile).waitFor();
    await say(phone, "Ruth", "From the phone.");
    await phone.getByRole("button", { name: "Try again" }).waitFor();
    await phone.reload();
    await phone.getByRole("heading", { name: "We can’t reach Friender" }).waitFor();

    await startServer();
    for (const page of [chat, deck, profile]) await bar(page).waitFor({ state: "detached" });
    // By themselves, in both directions, without a reload or a login.
    await bubble(phone, "While it was away.").waitFor();
    await bubble(chat, "From the phone.").waitFor();
    for (const page of [chat, phone]) {
      await page.getByRole("button", { name: "Try again" }).waitFor({ state: "detached" });
    }
    const words = await wordsOf(tomas, matchId);
    assert.equal(words[0], "Before it went.");
    assert.deepEqual(words.toSorted(), ["Before it went.", "From the phone.", "While it was away."]);
    // By the same button once more.
    assert.deepEqual(await deckOf(ruth), [nils.user.id]);
    await sayHi(deck);
    await until("the decision holds", async () => (await deckOf(ruth)).length === 0);
    await profile.getByRole("button", { name: "Save" }).click();
    await profile.waitForURL((url) => url.pathname === "/me");
    assert.equal(await bioOf(ruth), "Saved at the second try.");
    assert.deepEqual(
      [chat, deck, profile, phone].flatMap(({ faults }) => faults),
      [],
    );
  },

  async "killed in the midst of a message, a decision and a change: each is there once in the end"(browser) {
    const { ruth, nils, matchId, chat, deck, profile, phone } = await twoPeople(browser, "99546");
    const decided = deck.waitForResponse((response) => response.url().endsWith("/likes") && response.ok());
    const cameBack = deck.getByText("That didn’t reach", { exact: false }).waitFor();
    const changed = profile.waitForURL((url) => url.pathname === "/me");
    const unchanged = profile.getByRole("alert").getByText("Nothing you wrote is lost").waitFor();
    const sent = [isSent(chat, "POST", "/messages"), isSent(deck, "POST", "/likes"), isSent(profile, "PATCH", "/me")];
    await chat.getByLabel("Message to Tomás").fill("As it went.");
    await profile.getByLabel(/About you/).fill("Written as it went.");
    // All at once, in tabs of which only one is in front: a real click waits for frames, which the others may not draw.
    const buttons = [
      [chat, "Send"],
      [deck, "Say hi"],
      [profile, "Save"],
    ];
    await Promise.all(buttons.map(([page, name]) => page.getByRole("button", { name }).dispatchEvent("click")));
    await Promise.all(sent);
    await killServer();
    // Whether the server had them, only it knows: the app says what it knows.
    const isBack = await Promise.race([decided.then(() => false), cameBack.then(() => true)]);
    const isOpen = await Promise.race([changed.then(() => false), unchanged.then(() => true)]);
    for (const left of [decided, cameBack, changed, unchanged]) left.catch(() => undefined);

    await startServer();
    await bubble(phone, "As it went.").waitFor();
    if (isBack) await sayHi(deck);
    if (isOpen) {
      await profile.getByRole("button", { name: "Save" }).click();
      await profile.waitForURL((url) => url.pathname === "/me");
    }
    await until("Nils is gone", async () => !(await deckOf(ruth)).includes(nils.user.id));
    assert.equal(await bioOf(ruth), "Written as it went.");
    await say(phone, "Ruth", "Here we are again.");
    await bubble(chat, "Here we are again.").waitFor();
    assert.deepEqual(await wordsOf(ruth, matchId), ["As it went.", "Here we are again."]);
    assert.deepEqual(
      [chat, deck, profile, phone].flatMap(({ faults }) => faults),
      [],
    );
  },
};
