// The narrowest screens, the longest words: everything stays within the width.
import assert from "node:assert/strict";
import { call, newPerson } from "./tools/api.mjs";
import { logIn, openPage, settled } from "./tools/browser.mjs";
import { newPair, write } from "./tools/pair.mjs";

const NARROW = { width: 320, height: 640 };

/** What reaches beyond the screen, or makes it scroll sideways. */
const tooWide = (page) =>
  page.evaluate(() => {
    const isOut = (element) => {
      const { width, left, right } = element.getBoundingClientRect();
      return width > 1 && (right > innerWidth + 1 || left < -1) && !element.closest("[aria-hidden], .overflow-x-auto");
    };
    const out = [...document.querySelectorAll("main *, [role=dialog] *")].filter(isOut);
    const scrolls = document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [];
    return [...scrolls, ...out.slice(0, 3).map(({ outerHTML }) => outerHTML.slice(0, 160))];
  });

export const stories = {
  async "in Spanish at 320 pixels, with the longest names, nothing is cut"(browser) {
    const long = { display_name: "W".repeat(50), bio: "A".repeat(300), hobbies: ["W".repeat(40), "climbing"] };
    const here = { location: "96799", friend_radius: 5 };
    const { one, other, matchId } = await newPair({ ...here, ...long }, { ...here, ...long });
    await write(other, matchId, "W".repeat(200));
    const waiting = await newPerson({ ...here, ...long });
    await call("POST", "/likes", { token: waiting.token, body: { user_id: one.user.id, liked: true } });
    const later = await newPerson({ ...here, ...long });
    await call("PUT", `/later/${later.user.id}`, { token: one.token });
    const page = await openPage(browser, { size: NARROW });
    await logIn(page, { login: one.login, password: one.password, to: "/settings" });
    await page.getByRole("radio", { name: "Español" }).click();
    await page.getByRole("heading", { name: "Ajustes" }).waitFor();
    const pages = [
      "discover",
      "said-hi",
      "later",
      "chats",
      "me",
      "me/edit",
      "me/photos",
      "settings",
      "settings/delete",
    ];
    for (const path of [...pages, `chats/${matchId}`, `match/${matchId}`, `people/${other.user.id}`]) {
      await page.goto(`/${path}`);
      await settled(page);
      assert.deepEqual(await tooWide(page), [], path);
    }
    await page.goto(`/people/${waiting.user.id}`);
    await page.getByRole("button", { name: "Bloquear" }).click();
    await page.getByRole("dialog").waitFor();
    assert.deepEqual(await tooWide(page), [], "a dialog");
    assert.deepEqual(page.faults, []);
  },
};
