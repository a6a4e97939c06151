// The whole story: two people in two browsers, from the sign-up with photos to the chat.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { DESK, openPage } from "./tools/browser.mjs";
import { photoFile } from "./tools/pictures.mjs";

const PASSWORD = "three short words";
/** Nome, Alaska: whoever lives here was made by this story. */
const FAR_AWAY = { zip: "99762", place: "Nome, AK" };

const heading = (page, name) => page.getByRole("heading", { name }).first().waitFor();
const topCard = (page) => page.locator('article[data-role="top"]');
const bubble = (page, text) => page.locator("section p").filter({ hasText: text });

/** The same with the mouse and with the keyboard alone. */
const BY_HAND = {
  fill: (field, text) => field.fill(text),
  press: (button) => button.click(),
};
const BY_KEYS = {
  async fill(field, text) {
    await tabTo(field);
    await field.page().keyboard.insertText(text);
  },
  async press(button) {
    await tabTo(button);
    await button.page().keyboard.press("Enter");
  },
};

async function tabTo(place) {
  await place.waitFor();
  const isThere = () => place.evaluate((element) => element === document.activeElement);
  for (let turn = 0; !(await isThere()); turn += 1) {
    assert.ok(turn < 150, `${place} can't be reached with the Tab key`);
    await place.page().keyboard.press("Tab");
  }
}

async function signUp(page, name, hobby, photos, { fill, press }) {
  await page.goto("/");
  await press(page.getByRole("main").getByRole("link", { name: "Find friends" }));
  await heading(page, "Nice to meet you");
  const username = `story${randomUUID().slice(0, 8)}`;
  await fill(page.getByLabel("Username"), username);
  await fill(page.getByLabel("Email"), `${username}@example.org`);
  await fill(page.getByLabel("Password", { exact: true }), PASSWORD);
  await press(page.getByRole("button", { name: "Next: what you like" }));
  await heading(page, "What do you like doing?");
  await fill(page.getByRole("textbox", { name: "Hobbies" }), `climbing, ${hobby}`);
  await page.keyboard.press("Enter");
  await fill(page.getByRole("textbox", { name: "Interests" }), "jazz");
  await page.keyboard.press("Enter");
  await fill(page.getByLabel("ZIP code"), FAR_AWAY.zip);
  await page.locator("p", { hasText: FAR_AWAY.place }).first().waitFor();
  await fill(page.getByLabel("Name", { exact: false }).last(), name);
  await press(page.getByRole("button", { name: "Next: your photos" }));
  await heading(page, "Now a photo or two");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    press(page.getByRole("button", { name: "Add photos" })),
  ]);
  await chooser.setFiles(photos);
  await page
    .getByRole("button", { name: `Photo ${photos.length} of ${photos.length}` })
    .first()
    .waitFor();
  await press(page.getByRole("button", { name: "See who is near you" }));
  await page.waitForURL((url) => url.pathname === "/discover");
}

/** Passes whoever an earlier run left here, until `name` is on top. */
async function passUntil(page, name, pass) {
  for (let turn = 0; turn < 100; turn += 1) {
    await topCard(page).waitFor();
    const id = await topCard(page).getAttribute("data-person");
    if ((await topCard(page).textContent()).includes(name)) return;
    await pass(page);
    await page.waitForFunction((old) => {
      const top = document.querySelector('article[data-role="top"]');
      return top?.getAttribute("data-person") !== old;
    }, id);
  }
  assert.fail(`${name} never came up`);
}

async function swipeRight(page) {
  const { x, y, width, height } = await topCard(page).boundingBox();
  const from = [x + width / 2, y + height / 3];
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] + width * 0.7, from[1], { steps: 14 });
  await page.mouse.up();
}

export const stories = {
  async "two people sign up with photos, say hi, and write to each other"(browser) {
    const [ruthsName, tomasName] = [`Ruth ${randomUUID().slice(0, 4)}`, `Tomás ${randomUUID().slice(0, 4)}`];
    const ruth = await openPage(browser);
    const tomas = await openPage(browser, { size: DESK });
    await signUp(ruth, ruthsName, "odd socks", [photoFile(21), photoFile(22)], BY_HAND);
    await signUp(tomas, tomasName, "kites", [photoFile(23)], BY_KEYS);

    // She was first and saw nobody: now he is here.
    await ruth.reload();
    await passUntil(ruth, tomasName, (page) => page.getByRole("button", { name: "Pass" }).click());
    const said = ruth.waitForResponse((response) => response.url().endsWith("/api/v1/likes") && response.ok());
    await swipeRight(ruth);
    await said;

    // He goes on without a mouse. Whoever said hi comes first.
    await tomas.reload();
    await passUntil(tomas, ruthsName, (page) => page.keyboard.press("ArrowLeft"));
    await tomas.keyboard.press("ArrowRight");
    await heading(tomas, new RegExp(`You and ${ruthsName.replace(" ", ".")} both said hi`));
    await BY_KEYS.press(tomas.getByRole("button", { name: "Which hall do you climb at?" }));
    await tomas.keyboard.press("End");
    await tomas.keyboard.insertText(" I am new here.");
    await tomas.keyboard.press("Enter");
    await tomas.waitForURL(/\/chats\/.+/);
    await bubble(tomas, "Which hall do you climb at? I am new here.").waitFor();

    const tab = ruth.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Chats/ });
    await tab.filter({ hasText: "1 unread" }).waitFor();
    await tab.click();
    await ruth.getByRole("link", { name: new RegExp(tomasName) }).click();
    await bubble(ruth, "I am new here.").waitFor();
    await tomas.getByText("Read", { exact: true }).waitFor();
    await ruth.getByLabel(`Message to ${tomasName}`).fill("There is only the one. Saturday?");
    await ruth.getByRole("button", { name: "Send" }).click();
    await bubble(tomas, "There is only the one. Saturday?").waitFor();
    await BY_KEYS.fill(tomas.getByLabel(`Message to ${ruthsName}`), "Saturday!");
    await tomas.keyboard.press("Enter");
    await bubble(ruth, "Saturday!").waitFor();
    assert.deepEqual([...ruth.faults, ...tomas.faults], []);
  },
};
