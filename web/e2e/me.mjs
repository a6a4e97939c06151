import assert from "node:assert/strict";
import { call, newPerson } from "./tools/api.mjs";
import { expectAccessibleInBothThemes } from "./tools/axe.mjs";
import { DESK, logIn, openPage, PATIENCE, settled } from "./tools/browser.mjs";

const likes = (person, other, liked) =>
  call("POST", "/likes", { token: person.token, body: { user_id: other.user.id, liked } });

/** Asks until the server says so. */
async function eventually(look, wanted) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const seen = await look();
    if (seen === wanted || Date.now() > end) return assert.equal(seen, wanted);
    await new Promise((done) => setTimeout(done, 200));
  }
}

export const stories = {
  async "one sees oneself as others do, and edits by keyboard alone"(browser) {
    const person = await newPerson();
    const page = await openPage(browser, { size: DESK });
    await logIn(page, { ...person, to: "/me" });
    await settled(page);
    await expectAccessibleInBothThemes(page, "/me");
    await page
      .getByRole("link", { name: /Edit profile/ })
      .last()
      .focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Name").first().waitFor();
    await settled(page);
    await expectAccessibleInBothThemes(page, "/me/edit");
    await page.getByLabel("Name").first().focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Robin of the Tests");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Climbs walls of text.");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Beekeeping,chess");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "chess", exact: true }).waitFor();
    await page.getByLabel("ZIP code").focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("94110");
    await page.getByText("San Francisco, CA").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/me");
    await page.getByText("Climbs walls of text.").waitFor();
    const { user } = await call("GET", "/me", { token: person.token });
    assert.equal(user.display_name, "Robin of the Tests");
    assert.deepEqual(user.hobbies, ["climbing", "board games", "beekeeping", "chess"]);
    assert.equal(user.place, "San Francisco, CA");
    assert.deepEqual(page.faults, []);
  },

  async "what is wrong is said at its field, and leaving asks first"(browser) {
    const person = await newPerson();
    const page = await openPage(browser);
    await logIn(page, { ...person, to: "/me" });
    await page
      .getByRole("link", { name: /Edit profile/ })
      .first()
      .click();
    await page.getByLabel("Name").first().fill("");
    await page.getByLabel("ZIP code").fill("00000");
    await page.getByText("There is no such ZIP code").waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Please give a name.").waitFor();
    await page.getByRole("button", { name: "Back" }).click();
    const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    assert.equal(await page.getByLabel("ZIP code").inputValue(), "00000");
    await page.getByRole("button", { name: "Back" }).click();
    await dialog.getByRole("button", { name: "Leave without saving" }).click();
    await page.waitForURL((url) => url.pathname === "/me");
  },

  async "who said hi is met, and saying hi back is a match"(browser) {
    const [person, other] = [await newPerson(), await newPerson({ display_name: "Greta" })];
    await likes(other, person, true);
    const page = await openPage(browser);
    await logIn(page, { ...person, to: "/said-hi" });
    await page.getByText("Greta").waitFor();
    await settled(page);
    await expectAccessibleInBothThemes(page, "/said-hi");
    await page.getByRole("link", { name: /Greta/ }).click();
    await page.getByRole("heading", { name: "You both like" }).waitFor();
    await settled(page);
    await expectAccessibleInBothThemes(page, "/people/:id");
    await page.getByRole("button", { name: "Say hi" }).click();
    await page.waitForURL(/\/match\//);
    await page.goto(`/people/${other.user.id}`);
    await page.getByRole("link", { name: "Write to Greta" }).waitFor();
    assert.deepEqual(page.faults, []);
  },

  async "a profile can be passed and taken back, put aside, and decided only once"(browser) {
    const [person, other] = [await newPerson(), await newPerson({ display_name: "Hugo" })];
    const page = await openPage(browser);
    await logIn(page, { ...person, to: `/people/${other.user.id}` });
    await page.getByRole("button", { name: "Pass" }).click();
    await page.getByText("You passed Hugo.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Later" }).click();
    await page.getByText("Hugo waits in Later.").waitFor();
    await eventually(async () => (await call("GET", "/later", { token: person.token })).items.length, 1);
    await page.reload();
    await page.getByText("Hugo waits in Later.").waitFor();
    await likes(person, other, false);
    await page.getByRole("button", { name: "Say hi" }).click();
    await page.getByText("You have decided on Hugo already.").waitFor();
  },

  async "somebody is reported with words and blocked with it"(browser) {
    const [person, other] = [await newPerson(), await newPerson({ display_name: "Ivo" })];
    const page = await openPage(browser);
    await logIn(page, { ...person, to: `/people/${other.user.id}` });
    await page.getByRole("button", { name: "Report" }).click();
    const dialog = page.getByRole("dialog", { name: "Report Ivo" });
    await dialog.waitFor();
    await expectAccessibleInBothThemes(page, "report");
    await dialog.getByRole("button", { name: "Send the report" }).click();
    await dialog.getByText("Please choose what it is about.").waitFor();
    await dialog.getByRole("radio", { name: "Advertising" }).check();
    await dialog.getByRole("checkbox", { name: "Block Ivo, too" }).check();
    await dialog.getByLabel(/In your own words/).fill("Sells mattresses.");
    await dialog.getByRole("button", { name: "Send the report" }).click();
    await page.getByRole("dialog").getByText("Thank you").first().waitFor();
    await page.getByRole("button", { name: "Done" }).click();
    await page.waitForURL((url) => url.pathname === "/discover");
    const { items } = await call("GET", "/reports", { token: person.token });
    assert.deepEqual([items[0].reason, items[0].detail], ["spam", "Sells mattresses."]);
    await page.goto(`/people/${other.user.id}`);
    await page.getByRole("heading", { name: "This person isn’t here any more" }).waitFor();
    await expectAccessibleInBothThemes(page, "/people/:id, gone");
    await page.goto("/settings/reports");
    await page.getByText("A moderator will look at it.").waitFor();
  },
};
