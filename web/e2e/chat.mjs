import assert from "node:assert/strict";
import { call } from "./tools/api.mjs";
import { expectAccessibleInBothThemes } from "./tools/axe.mjs";
import { DESK, logIn, openPage, settled } from "./tools/browser.mjs";
import { newPair, write } from "./tools/pair.mjs";
import { until } from "./tools/until.mjs";

const enter = (page, person, to) => logIn(page, { login: person.login, password: person.password, to });
const box = (page, name) => page.getByLabel(`Message to ${name}`);
const bubble = (page, text) => page.locator("section p").filter({ hasText: text });
const list = (page, name) => page.getByRole("region", { name: `Conversation with ${name}` });

/** Where a message stands on the screen, in pixels from the top. */
async function heightOf(page, text) {
  const [place] = await bubble(page, text).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().y));
  return place;
}

/** The numbered message in the middle of what is in the page, once the list has come to rest. */
async function restingMessage(page) {
  let last;
  let same = 0;
  await until("the list has come to rest", async () => {
    const texts = await page.locator("section p", { hasText: /Number/ }).allTextContents();
    const text = /Number \d+\./.exec(texts[Math.floor(texts.length / 2)] ?? "")?.[0];
    const now = text && `${text} at ${await heightOf(page, text)}`;
    same = now && now === last ? same + 1 : 0;
    last = now;
    return same === 3;
  });
  return last.replace(/ at .*/, "");
}

export const stories = {
  async "two people write to each other: unread with one, read with the other"(browser) {
    const { one, other, matchId } = await newPair();
    const ruth = await openPage(browser, { size: DESK });
    const tomas = await openPage(browser);
    await enter(tomas, other, "/me");
    await enter(ruth, one, `/chats/${matchId}`);
    await ruth.getByRole("button", { name: /.+\?$/ }).first().click();
    assert.match(await box(ruth, "Tomás").inputValue(), /\?$/);
    await box(ruth, "Tomás").fill("Hi! Is Saturday good?");
    await box(ruth, "Tomás").press("Shift+Enter");
    await box(ruth, "Tomás").pressSequentially("See https://climb.example/hall.");
    await box(ruth, "Tomás").press("Enter");
    await bubble(ruth, "Is Saturday good?").waitFor();
    assert.equal(await box(ruth, "Tomás").inputValue(), "");
    const link = ruth.getByRole("link", { name: "https://climb.example/hall", exact: true });
    assert.equal(await link.getAttribute("rel"), "noopener noreferrer nofollow");

    const tab = tomas.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Chats/ });
    await tab.filter({ hasText: "1 unread" }).waitFor();
    assert.equal(await ruth.getByText("Read", { exact: true }).count(), 0);
    await tab.click();
    const row = tomas.getByRole("list", { name: "Conversations" }).getByRole("link", { name: /Ruth/ });
    await row.filter({ hasText: "1 unread" }).waitFor();
    await row.click();
    await bubble(tomas, "Is Saturday good?").waitFor();
    await ruth.getByText("Read", { exact: true }).waitFor();

    await box(tomas, "Ruth").fill("Saturday at ten works!");
    await box(tomas, "Ruth").press("Enter");
    assert.equal(await box(tomas, "Ruth").inputValue(), "Saturday at ten works!\n", "Enter breaks on a phone");
    await tomas.getByRole("button", { name: "Send" }).click();
    await bubble(ruth, "Saturday at ten works!").waitFor();
    await tomas.getByRole("link", { name: "Back" }).click();
    await row.filter({ hasText: "You: Saturday at ten works!" }).waitFor();
    await tab.filter({ hasNotText: "unread" }).waitFor();
    assert.deepEqual([...ruth.faults, ...tomas.faults], []);
  },

  async "what isn't sent stays, and goes out once"(browser) {
    const { one, other, matchId } = await newPair();
    const page = await openPage(browser, { size: DESK });
    await enter(page, one, `/chats/${matchId}`);
    await box(page, "Tomás").waitFor();
    const body = JSON.stringify({ status: 503, code: "unavailable", title: "Busy", detail: "Come back." });
    const refuse = { status: 503, contentType: "application/problem+json", body };
    await page.route("**/messages", (route) =>
      route.request().method() === "POST" ? route.fulfill(refuse) : route.continue(),
    );
    for (const text of ["The first", "The second"]) {
      await box(page, "Tomás").fill(text);
      await box(page, "Tomás").press("Enter");
    }
    await bubble(page, "The second").waitFor();
    await page.getByRole("button", { name: "Try again" }).nth(1).waitFor();
    const again = page.waitForResponse(
      (response) => response.request().method() === "POST" && response.status() === 503,
    );
    await page.reload();
    await again;
    await bubble(page, "The first").waitFor();
    await page.getByRole("button", { name: "Try again" }).nth(1).waitFor();
    await page.unroute("**/messages");
    await page.getByRole("button", { name: "Try again" }).first().click();
    const kept = async () =>
      (await call("GET", `/matches/${matchId}/messages`, { token: other.token })).items.map(({ body }) => body);
    await until("both arrived", async () => (await kept()).length === 2);

    await page.context().setOffline(true);
    await page.getByText("You are offline", { exact: false }).waitFor();
    await box(page, "Tomás").fill("The third");
    await box(page, "Tomás").press("Enter");
    await page.getByRole("button", { name: "Try again" }).waitFor();
    assert.ok(await bubble(page, "The third").isVisible());
    await page.context().setOffline(false);
    await until("the third arrived", async () => (await kept()).length === 3);
    await page.getByRole("button", { name: "Try again" }).waitFor({ state: "detached" });
    assert.deepEqual(await kept(), ["The first", "The second", "The third"]);
  },

  async "a draft outlives a reload, and not the log-out"(browser) {
    const { one, matchId } = await newPair();
    const page = await openPage(browser, { size: DESK });
    await enter(page, one, `/chats/${matchId}`);
    await box(page, "Tomás").fill("I was about to say");
    await page.reload();
    await until("the draft is back", async () => (await box(page, "Tomás").inputValue()) === "I was about to say");
    await page.getByRole("link", { name: "Settings" }).click();
    await page.waitForURL("**/settings");
    await page.goBack();
    await page.waitForURL(`**/chats/${matchId}`);
    assert.equal(await box(page, "Tomás").inputValue(), "I was about to say");
    await page.getByRole("button", { name: "Log out" }).click();
    await page.waitForURL(/\/login/);
    assert.equal(await page.evaluate(() => JSON.stringify({ ...localStorage }).includes("about to say")), false);
  },

  async "older messages load upwards without a jump, newer ones wait behind a pill"(browser) {
    const { one, other, matchId } = await newPair();
    await write(other, matchId, ...Array.from({ length: 130 }, (_, index) => `Number ${index + 1}.`));
    const page = await openPage(browser);
    await enter(page, one, `/chats/${matchId}`);
    await bubble(page, "Number 130.").waitFor();
    assert.ok((await page.locator("section p").count()) < 100, "only what is near is in the page");
    const older = page.waitForResponse((response) => response.url().includes("before="));
    await list(page, "Tomás").hover();
    await until("it has scrolled up", async () => {
      await page.mouse.wheel(0, -500);
      return page.getByRole("button", { name: "To the newest message" }).isVisible();
    });
    await page.mouse.wheel(0, -2400);
    await older;
    const anchor = await restingMessage(page);
    const before = await heightOf(page, anchor);
    await write(other, matchId, "Are you there?");
    await page.getByRole("button", { name: "1 new message" }).waitFor();
    const after = await heightOf(page, anchor);
    assert.ok(Math.abs(after - before) < 2, `${anchor} jumped from ${before} to ${after}`);

    for (let turn = 0; turn < 60 && !(await page.getByText("both said hi on").isVisible()); turn += 1) {
      await list(page, "Tomás").hover();
      await page.mouse.wheel(0, -900);
      await page.evaluate(() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go))));
    }
    await page.getByText("both said hi on").waitFor();
    await bubble(page, "Number 1.").first().waitFor();
    await page.getByRole("button", { name: "1 new message" }).click();
    await bubble(page, "Are you there?").waitFor();
  },

  async "an unmatch is seen by the other, who can still report"(browser) {
    const { one, other, matchId } = await newPair();
    await write(other, matchId, "Send me money.", "Now.");
    const ruth = await openPage(browser);
    const tomas = await openPage(browser, { size: DESK });
    await enter(ruth, one, `/chats/${matchId}`);
    await enter(tomas, other, `/chats/${matchId}`);
    await bubble(ruth, "Send me money.").waitFor();
    await bubble(tomas, "Send me money.").waitFor();
    await tomas.getByRole("button", { name: "More about Ruth" }).click();
    await tomas.getByRole("menuitem", { name: "End the match" }).click();
    await tomas.getByRole("dialog").getByRole("button", { name: "End the match" }).click();
    await tomas.waitForURL((url) => url.pathname === "/chats");
    await tomas.getByRole("heading", { name: "Your chats start here" }).waitFor();

    await ruth.getByRole("heading", { name: "This conversation has ended" }).waitFor();
    assert.ok(await bubble(ruth, "Send me money.").isVisible());
    assert.equal(await box(ruth, "Tomás").count(), 0);
    await ruth.getByRole("button", { name: "More about Tomás" }).click();
    await ruth.getByRole("menuitem", { name: "Report" }).click();
    const dialog = ruth.getByRole("dialog");
    await dialog.getByRole("button", { name: "Send the report" }).click();
    await dialog.getByText("Please choose what it is about.").waitFor();
    await dialog.getByLabel("After money or secrets").check();
    await dialog.getByLabel(/Send me money/).check();
    await dialog.getByLabel("Block Tomás, too").check();
    await dialog.getByRole("button", { name: "Send the report" }).click();
    await dialog.getByRole("heading", { name: "Your report has arrived" }).waitFor();
    const { items } = await call("GET", "/reports", { token: one.token });
    assert.deepEqual(
      items.map(({ reason }) => reason),
      ["scam"],
    );
    await dialog.getByRole("button", { name: "Done" }).click();
    await ruth.getByRole("heading", { name: "Your chats start here" }).waitFor();
  },

  async "blocking ends it, and a conversation that never was says so"(browser) {
    const { one, other, matchId } = await newPair();
    const page = await openPage(browser);
    await enter(page, one, `/chats/${matchId}`);
    await page.getByRole("button", { name: "More about Tomás" }).click();
    await page.getByRole("menuitem", { name: "Block" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Block" }).click();
    await page.getByRole("heading", { name: "Your chats start here" }).waitFor();
    const { items } = await call("GET", "/conversations", { token: other.token });
    assert.equal(items.length, 0);
    await page.goto(`/chats/${matchId}`);
    await page.getByRole("heading", { name: "This conversation has ended" }).waitFor();
  },

  async "the match page leads into the chat, with a line of one's own"(browser) {
    const { one, other, matchId } = await newPair();
    const page = await openPage(browser);
    await enter(page, one, `/match/${matchId}`);
    await page.getByRole("heading", { name: /You and Tomás both said hi/ }).waitFor();
    await page.getByRole("button", { name: "Which hall do you climb at?" }).click();
    await page.getByRole("button", { name: "Keep looking" }).click();
    await page.waitForURL((url) => url.pathname !== `/match/${matchId}`);
    await page.goto(`/match/${matchId}`);
    assert.equal(await box(page, "Tomás").inputValue(), "Which hall do you climb at?");
    await page.getByRole("button", { name: "Send" }).click();
    await page.waitForURL(`**/chats/${matchId}`);
    await bubble(page, "Which hall do you climb at?").waitFor();
    await until("it arrived", async () => {
      const { items } = await call("GET", `/matches/${matchId}/messages`, { token: other.token });
      return items.length === 1;
    });
  },

  async "match, chats and chat are accessible in light and dark"(browser) {
    const { one, other, matchId } = await newPair();
    for (const size of [undefined, DESK]) {
      const page = await openPage(browser, size ? { size } : {});
      await enter(page, one, `/match/${matchId}`);
      for (const path of [`/match/${matchId}`, "/chats", `/chats/${matchId}`]) {
        await page.goto(path);
        await settled(page);
        await expectAccessibleInBothThemes(page, path);
      }
      await write(other, matchId, "Hi! You climb at the place on 12th?", "I go most Saturdays.");
      await bubble(page, "I go most Saturdays.").waitFor();
      await expectAccessibleInBothThemes(page, "a chat with messages");
      await page.getByRole("button", { name: "More about Tomás" }).click();
      await page.getByRole("menuitem", { name: "Report" }).waitFor();
      await expectAccessibleInBothThemes(page, "the chat's menu");
      await page.getByRole("menuitem", { name: "Report" }).click();
      await page.getByRole("dialog").waitFor();
      await expectAccessibleInBothThemes(page, "the report");
      await page.goto("/chats");
      await page.getByRole("list", { name: "Conversations" }).waitFor();
      await expectAccessibleInBothThemes(page, "chats with a conversation");
      assert.deepEqual(page.faults, []);
    }
  },
};
