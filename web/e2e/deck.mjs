import assert from "node:assert/strict";
import { call, newPerson } from "./tools/api.mjs";
import { expectAccessibleInBothThemes } from "./tools/axe.mjs";
import { DESK, logIn, openPage, settled } from "./tools/browser.mjs";

const topCard = (page) => page.locator('article[data-role="top"]');
const topId = (page) => topCard(page).getAttribute("data-person");

/** Waits until another card is on top; answers whose. */
async function nextCard(page, than) {
  await page.waitForFunction((old) => {
    const top = document.querySelector('article[data-role="top"]');
    return top && top.getAttribute("data-person") !== old;
  }, than);
  return topId(page);
}

const isOnTop = (page, id) =>
  page.waitForFunction(
    (wanted) => document.querySelector('article[data-role="top"]')?.getAttribute("data-person") === wanted,
    id,
  );

async function openDeck(browser, options) {
  const person = await newPerson();
  const page = await openPage(browser, options);
  await logIn(page, person);
  await topCard(page).waitFor();
  await settled(page);
  return { page, person };
}

/** The same, with nobody but those who have photos: people whom stories make have none. */
async function openDeckOfPhotos(browser) {
  const person = await newPerson();
  const bare = async () =>
    (await call("GET", "/deck?limit=100", { token: person.token })).items.filter(
      (card) => card.image_urls.length === 0,
    );
  for (let cards = await bare(); cards.length > 0; cards = await bare()) {
    for (const { id } of cards) {
      await call("POST", "/likes", { token: person.token, body: { user_id: id, liked: false } });
    }
  }
  const page = await openPage(browser);
  await logIn(page, person);
  await settled(page);
  return { page, person };
}

const deckOf = async ({ token }) => (await call("GET", "/deck?limit=100", { token })).items.map(({ id }) => id);

/** Waits until the server has it: decisions are sent in the background. */
async function serverForgets(person, id) {
  for (let turn = 0; (await deckOf(person)).includes(id); turn += 1) {
    assert.ok(turn < 100, "the decision never reached the server");
    await new Promise((done) => setTimeout(done, 200));
  }
}

async function drag(page, dx, { steps = 12 } = {}) {
  const box = await topCard(page).boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 3];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx, y, { steps });
  await page.mouse.up();
}

async function swipe(page, dx, dy) {
  const client = await page.context().newCDPSession(page);
  const box = await topCard(page).boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const touch = (type, touchPoints) => client.send("Input.dispatchTouchEvent", { type, touchPoints });
  await touch("touchStart", [{ x, y }]);
  for (let step = 1; step <= 10; step += 1) {
    await touch("touchMove", [{ x: x + (dx * step) / 10, y: y + (dy * step) / 10 }]);
  }
  await touch("touchEnd", []);
}

export const stories = {
  async "mouse: a long drag decides, a short one springs back"(browser) {
    const { page, person } = await openDeck(browser, { size: DESK });
    const first = await topId(page);
    await drag(page, 40, { steps: 40 });
    assert.equal(await topId(page), first);
    await drag(page, 300);
    const second = await nextCard(page, first);
    await serverForgets(person, first);
    await drag(page, -300);
    await nextCard(page, second);
    await serverForgets(person, second);
    assert.deepEqual(page.faults, []);
  },

  async "touch: right says hi, left passes, up tells more"(browser) {
    const { page, person } = await openDeck(browser);
    const first = await topId(page);
    await swipe(page, 220, 10);
    const second = await nextCard(page, first);
    await swipe(page, -220, 10);
    const third = await nextCard(page, second);
    await serverForgets(person, first);
    await serverForgets(person, second);
    await swipe(page, 5, -200);
    await page.getByRole("dialog").waitFor();
    assert.equal(await topId(page), third);
  },

  async "keyboard: arrows decide, up tells more, L puts aside, Z brings the same card back"(browser) {
    const { page, person } = await openDeck(browser, { size: DESK });
    const first = await topId(page);
    await page.keyboard.press("ArrowLeft");
    const second = await nextCard(page, first);
    await page.keyboard.press("z");
    await isOnTop(page, first);
    await page.keyboard.press("ArrowRight");
    await isOnTop(page, second);
    await serverForgets(person, first);
    await page.keyboard.press("l");
    await nextCard(page, second);
    await page.getByRole("link", { name: "Later" }).click();
    await page.waitForURL("**/later");
    await page.getByRole("button", { name: "Back to the deck" }).click();
    await page.getByText("Nobody waits here", { exact: false }).waitFor();
    await page.getByRole("link", { name: "Look at the deck" }).click();
    await topCard(page).waitFor();
    await page.keyboard.press("ArrowUp");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await serverForgets(person, first);
    assert.deepEqual(page.faults, []);
  },

  async "buttons and photos work without a pointer that swipes"(browser) {
    const { page, person } = await openDeck(browser);
    const first = await topId(page);
    await page.getByRole("button", { name: "Say hi" }).click();
    const second = await nextCard(page, first);
    await page.getByRole("button", { name: "Undo" }).click();
    await isOnTop(page, first);
    await page.getByRole("button", { name: "Pass" }).click();
    await isOnTop(page, second);
    await serverForgets(person, first);
    await page.getByRole("button", { name: /^More about/ }).click();
    await page.getByRole("dialog").waitFor();
  },

  async "a double click decides on one person, and a dialog moves nothing"(browser) {
    const { page, person } = await openDeck(browser, { size: DESK });
    const [first, second] = await deckOf(person);
    await isOnTop(page, first);
    await page.getByRole("button", { name: "Say hi" }).dblclick();
    await serverForgets(person, first);
    assert.equal(await topId(page), second);
    const place = () => page.locator("h1").evaluate((one) => one.getBoundingClientRect().x);
    const before = await place();
    await page.keyboard.press("ArrowUp");
    await page.getByRole("dialog").waitFor();
    assert.equal(await place(), before);
  },

  async "two tabs never show the same person twice"(browser) {
    const { page, person } = await openDeck(browser);
    const other = await openPage(browser, { context: page.context() });
    await other.goto("/discover");
    await topCard(other).waitFor();
    const decided = [];
    for (const tab of [page, other, page, other, page, other]) {
      await tab.bringToFront();
      const id = await topId(tab);
      assert.ok(!decided.includes(id), "the same person again");
      decided.push(id);
      await tab.getByRole("button", { name: "Pass" }).click();
      await nextCard(tab, id);
      for (const each of [page, other]) {
        await each.waitForFunction((gone) => !document.querySelector(`[data-person="${gone}"]`), id);
      }
    }
    for (const id of decided) await serverForgets(person, id);
    await other.reload();
    await topCard(other).waitFor();
    assert.ok(!decided.includes(await topId(other)));
  },

  async "server gone and back: the card returns with a reason, then the decision holds"(browser) {
    const { page, person } = await openDeck(browser);
    const first = await topId(page);
    await page.route("**/api/**", (route) => route.abort());
    await page.getByRole("button", { name: "Say hi" }).click();
    await nextCard(page, first);
    await isOnTop(page, first);
    await page.getByText("That didn’t reach", { exact: false }).waitFor();
    await page.unroute("**/api/**");
    await page.getByRole("button", { name: "Say hi" }).click();
    await nextCard(page, first);
    await serverForgets(person, first);
  },

  async "without a connection decisions wait, and go when it is back"(browser) {
    const { page, person } = await openDeck(browser);
    const first = await topId(page);
    await page.context().setOffline(true);
    await page.getByText("You are offline", { exact: false }).waitFor();
    await page.getByRole("button", { name: "Pass" }).click();
    await nextCard(page, first);
    assert.ok((await deckOf(person)).includes(first));
    await page.context().setOffline(false);
    await serverForgets(person, first);
  },

  async "a decision that waits outlives a reload and a closed tab"(browser) {
    const { page, person } = await openDeck(browser);
    const context = page.context();
    const passUnheard = async () => {
      const id = await topId(page);
      await context.route("**/api/v1/likes", () => undefined);
      await page.getByRole("button", { name: "Pass" }).click();
      await nextCard(page, id);
      assert.ok((await deckOf(person)).includes(id));
      return id;
    };
    const isHeardIn = async (tab, id) => {
      await context.unroute("**/api/v1/likes");
      await tab.goto("/discover");
      await topCard(tab).waitFor();
      assert.notEqual(await topId(tab), id);
      await serverForgets(person, id);
    };
    await isHeardIn(page, await passUnheard());
    const second = await passUnheard();
    const other = await openPage(browser, { context });
    await page.close();
    await isHeardIn(other, second);
  },

  async "a mutual hi leads to the match"(browser) {
    const other = await newPerson();
    const { page, person } = await openDeck(browser);
    await call("POST", "/likes", { token: other.token, body: { user_id: person.user.id, liked: true } });
    await page.reload();
    await isOnTop(page, other.user.id);
    await page.keyboard.press("ArrowRight");
    await page.waitForURL("**/match/*");
  },

  async "nobody left: numbers, and a wider radius brings people"(browser) {
    const person = await newPerson({ location: "13032", friend_radius: 5 });
    for (const id of await deckOf(person)) {
      await call("POST", "/likes", { token: person.token, body: { user_id: id, liked: false } });
    }
    const page = await openPage(browser);
    await logIn(page, person);
    await page.getByText("You have seen everyone within 5 miles").waitFor();
    await settled(page);
    await expectAccessibleInBothThemes(page, "empty deck");
    await page.getByRole("button", { name: /^Look within/ }).click();
    await topCard(page).waitFor();
  },

  async "the first photos of the next three are there before their cards"(browser) {
    const { page, person } = await openDeckOfPhotos(browser);
    const { items } = await call("GET", "/deck?limit=4", { token: person.token });
    const wanted = items.flatMap(({ image_urls }) => image_urls.slice(0, 1)).map((url) => url.split("?")[0]);
    assert.ok(wanted.length > 1);
    await page.waitForFunction((urls) => {
      const loaded = performance.getEntriesByType("resource").map(({ name }) => name.split("?")[0]);
      return urls.every((url) => loaded.includes(url));
    }, wanted);
  },

  async "links to photos are renewed before they end"(browser) {
    const { page } = await openDeckOfPhotos(browser);
    await page.clock.install();
    const first = await topId(page);
    await page.getByRole("button", { name: "Pass" }).click();
    await nextCard(page, first);
    const asked = page.waitForRequest("**/api/v1/deck?*");
    await page.clock.fastForward("05:00");
    await asked;
  },

  async "accessible on a desktop, with why and who waits"(browser) {
    const { page, person } = await openDeck(browser, { size: DESK });
    const other = await newPerson();
    await call("POST", "/likes", { token: other.token, body: { user_id: person.user.id, liked: true } });
    await page.reload();
    await page.getByText("Waiting for you").waitFor();
    await settled(page);
    await expectAccessibleInBothThemes(page, "deck on a desktop");
  },

  async "accessible in light and dark, with its dialogs"(browser) {
    const { page } = await openDeck(browser, { reducedMotion: "reduce" });
    await expectAccessibleInBothThemes(page, "deck");
    await page.getByRole("button", { name: /^More about/ }).click();
    await page.getByRole("dialog").waitFor();
    await expectAccessibleInBothThemes(page, "details");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Within/ }).click();
    await page.getByText("people around", { exact: false }).waitFor();
    await expectAccessibleInBothThemes(page, "radius");
    await page.keyboard.press("Escape");
    await page.goto("/later");
    await page.getByRole("heading", { name: "Later" }).waitFor();
    await expectAccessibleInBothThemes(page, "later");
    assert.deepEqual(page.faults, []);
  },
};
