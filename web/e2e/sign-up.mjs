import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { call, newPerson } from "./tools/api.mjs";
import { expectAccessibleInBothThemes } from "./tools/axe.mjs";
import { DESK, openPage, settled } from "./tools/browser.mjs";
import { photoFile } from "./tools/pictures.mjs";

const PASSWORD = "three short words";
const newName = () => `new${randomUUID().slice(0, 8)}`;
const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();
const next = (page, name) => page.getByRole("button", { name }).click();

async function fillAccount(page, username = newName(), password = PASSWORD) {
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Email").fill(`${username}@example.org`);
  await page.getByLabel("Password", { exact: true }).fill(password);
  return username;
}

async function toProfile(page) {
  await page.goto("/sign-up");
  const username = await fillAccount(page);
  await next(page, "Next: what you like");
  await heading(page, "What do you like doing?");
  return username;
}

async function fillProfile(page) {
  await page.getByRole("textbox", { name: "Hobbies" }).fill("Odd socks, climbing,");
  await page.keyboard.press("Enter");
  const interests = page.getByRole("group", { name: "Interests" });
  await interests.getByRole("button", { name: "history" }).click();
  await page.getByLabel("ZIP code").fill("10003");
  await page.locator("p", { hasText: /^New York, NY$/ }).waitFor();
}

export const stories = {
  async "somebody signs up, with chips, a ZIP code, a radius and photos, and is among people"(browser) {
    const page = await openPage(browser);
    await page.goto("/");
    await page.getByRole("link", { name: "Sign up" }).or(page.locator('a[href="/sign-up"]')).first().click();
    await heading(page, "Nice to meet you");
    const username = await fillAccount(page);
    await page.getByText("Strong.").waitFor();
    await next(page, "Next: what you like");
    await heading(page, "What do you like doing?");
    await fillProfile(page);
    const slider = page.getByRole("slider", { name: "How far" });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText("50 mi").waitFor();
    await page.getByText(/(About [\d,]+|Fewer than 10) people around New York, NY/).waitFor();
    await page.getByLabel("Name", { exact: false }).last().fill("Newcomer");
    await next(page, "Next: your photos");
    await heading(page, "Now a photo or two");
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Add photos" }).click(),
    ]);
    await chooser.setFiles([photoFile(11), photoFile(12)]);
    await page.getByRole("button", { name: "Photo 2 of 2" }).first().waitFor();
    await next(page, "See who is near you");
    await page.waitForURL((url) => url.pathname === "/discover");
    await page.reload();
    await page.waitForURL((url) => url.pathname === "/discover");

    const { token } = await call("POST", "/login", { body: { username, password: PASSWORD } });
    const { user } = await call("GET", "/me", { token });
    assert.deepEqual(user.hobbies, ["odd socks", "climbing"]);
    assert.deepEqual(user.interests, ["history"]);
    assert.equal(user.location, "10003");
    assert.equal(user.friend_radius, 50);
    assert.equal(user.image_urls.length, 2);
    assert.deepEqual(user.missing, []);
    assert.deepEqual(page.faults, []);
  },

  async "errors stand under their fields, the server's, too"(browser) {
    const { login } = await newPerson();
    const page = await openPage(browser);
    await page.goto("/sign-up");
    const said = async (label) => {
      const field = page.getByLabel(label, { exact: true });
      return page.locator(`#${cssId(await field.getAttribute("aria-describedby"))}`).textContent();
    };
    await page.getByLabel("Username").fill("a b");
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByText("3 characters more.").waitFor();
    await next(page, "Next: what you like");
    assert.match(await said("Username"), /3 to 30 characters/);
    assert.match(await said("Password"), /at least 8 characters/);

    await fillAccount(page, newName(), "password123");
    await next(page, "Next: what you like");
    await page.getByText("That password is on lists of stolen ones.").waitFor();
    assert.match(await said("Password"), /stolen/);
    await fillAccount(page, login);
    await next(page, "Next: what you like");
    await page.getByText("Somebody has that username already.").waitFor();
    assert.match(await said("Username"), /already/);
    assert.equal(await page.getByLabel("Password", { exact: true }).inputValue(), PASSWORD);
    assert.deepEqual(page.faults, []);
  },

  async "back keeps everything; a reload keeps what isn't secret"(browser) {
    const page = await openPage(browser);
    await page.goto("/sign-up");
    const early = await fillAccount(page);
    await page.reload();
    assert.equal(await page.getByLabel("Username").inputValue(), early);
    assert.equal(await page.getByLabel("Password", { exact: true }).inputValue(), "");
    assert.equal(
      await page.evaluate((secret) => JSON.stringify({ ...sessionStorage }).includes(secret), PASSWORD),
      false,
    );

    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await next(page, "Next: what you like");
    await heading(page, "What do you like doing?");
    await fillProfile(page);
    await page.getByLabel("About you").fill("Looking for odd socks.");
    await page.reload();
    await heading(page, "What do you like doing?");
    assert.equal(await page.getByLabel("About you").inputValue(), "Looking for odd socks.");
    await page.getByRole("button", { name: "odd socks", pressed: true }).waitFor();
    await next(page, "Next: your photos");
    await heading(page, "Now a photo or two");
    await page.getByRole("button", { name: "Back" }).click();
    await heading(page, "What do you like doing?");
    assert.equal(await page.getByLabel("ZIP code").inputValue(), "10003");
    await page.getByRole("button", { name: "Back" }).click();
    await heading(page, "Your account is made");
    await page.getByText(early, { exact: true }).waitFor();
    await page.goBack();
    await heading(page, "What do you like doing?");
    assert.equal(await page.getByLabel("About you").inputValue(), "Looking for odd socks.");
    assert.deepEqual(page.faults, []);
  },

  async "what is missing in the profile is said at its field"(browser) {
    const page = await openPage(browser);
    await toProfile(page);
    await next(page, "Next: your photos");
    await page.getByText("Please choose at least one thing you do.").waitFor();
    await page.getByText("Please give your ZIP code: five digits.").waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-invalid") === "true");
    await page.getByLabel("ZIP code").fill("99999");
    await page.getByText("There is no such ZIP code.").waitFor();
    await page.getByLabel("Birth date").fill("2020-01-01");
    await page.getByLabel("About you").click();
    await page.getByText("Friender is for people of 18 years and more.").waitFor();
  },

  async "the keyboard alone is enough"(browser) {
    const page = await openPage(browser, { size: DESK });
    // A key is faster than Playwright gets ready for a chooser.
    const chosen = new Promise((done) => page.on("filechooser", done));
    await page.goto("/sign-up");
    await heading(page, "Nice to meet you");
    await tabTo(page, page.getByLabel("Username"));
    await page.keyboard.type(newName());
    await tabTo(page, page.getByLabel("Password", { exact: true }));
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await heading(page, "What do you like doing?");
    await tabTo(page, page.getByRole("textbox", { name: "Hobbies" }));
    await page.keyboard.type("kayaking,");
    await tabTo(page, page.getByRole("group", { name: "Interests" }).getByRole("button", { name: "history" }));
    await page.keyboard.press("Space");
    await tabTo(page, page.getByLabel("ZIP code"));
    await page.keyboard.type("10003");
    await tabTo(page, page.getByRole("slider", { name: "How far" }));
    await page.keyboard.press("End");
    await page.getByText("500 mi").waitFor();
    await tabTo(page, page.getByRole("button", { name: "Next: your photos" }));
    await page.keyboard.press("Enter");
    await heading(page, "Now a photo or two");
    await tabTo(page, page.getByRole("button", { name: "Add photos" }));
    await page.keyboard.press("Enter");
    await (await chosen).setFiles([photoFile(21)]);
    await page.getByRole("button", { name: "Photo 1 of 1" }).first().waitFor();
    await tabTo(page, page.getByRole("button", { name: "See who is near you" }));
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/discover");
  },

  async "the wizard is accessible in light and dark"(browser) {
    const page = await openPage(browser);
    await page.goto("/sign-up");
    await heading(page, "Nice to meet you");
    await expectAccessibleInBothThemes(page, "account");
    await next(page, "Next: what you like");
    await page.getByText("A password has at least 8 characters.").waitFor();
    await expectAccessibleInBothThemes(page, "account with errors");
    await toProfile(page);
    await fillProfile(page);
    await settled(page);
    await expectAccessibleInBothThemes(page, "profile");
    await next(page, "Next: your photos");
    await heading(page, "Now a photo or two");
    await page.getByRole("heading", { name: "Show a bit of yourself" }).waitFor();
    await settled(page);
    await expectAccessibleInBothThemes(page, "photos");
  },
};

/** Tab after tab, until it has the focus. */
async function tabTo(page, target) {
  await target.waitFor();
  for (let tab = 0; tab < 60; tab++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no Tab leads to ${target}`);
}

/** React's ids hold signs that selectors take for theirs. */
function cssId(id) {
  return id.replace(/[^\w-]/g, (sign) => `\\${sign}`);
}
