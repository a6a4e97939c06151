import assert from "node:assert/strict";
import { call, newPerson } from "./tools/api.mjs";
import { expectAccessibleInBothThemes } from "./tools/axe.mjs";
import { DESK, logIn, openPage, settled } from "./tools/browser.mjs";
import { photoFile, photoFolder } from "./tools/pictures.mjs";
import { until } from "./tools/until.mjs";

/** How many photos the server lets one person have (its FRIENDER_MAX_PHOTOS). */
const MAX_PHOTOS = Number(process.env.WEB_MAX_PHOTOS ?? 9);

/** Somebody new on the page with their photos; `names()` asks the server for the files in their order. */
async function openAlbum(browser, options) {
  const person = await newPerson();
  const page = await openPage(browser, { size: DESK, ...options });
  await logIn(page, { login: person.login, password: person.password, to: "/me/photos" });
  const files = async () => (await call("GET", "/files", { token: person.token })).files;
  return { page, files, names: async () => (await files()).map(({ filename }) => filename).join() };
}

async function add(page, files) {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Add photos" }).click(),
  ]);
  await chooser.setFiles(files);
}

const tile = (page, place, of) => page.getByRole("button", { name: `Photo ${place} of ${of}` }).first();
const tiles = (page, count) => tile(page, count, count).waitFor();

/** As a file manager does it: the files are on disk, and the browser opens them. */
async function dropFromDisk(page, path) {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await devtools.send("Input.dispatchDragEvent", { type, x: 700, y: 400, data });
  }
}

export const stories = {
  async "photos are chosen, ordered by keys, named, made the profile image"(browser) {
    const { page, files, names } = await openAlbum(browser);
    await add(page, [photoFile(1, "a.png"), photoFile(2, "b.png"), photoFile(3, "c.png")]);
    await tiles(page, 3);
    await until("as chosen", async () => (await names()) === "a.png,b.png,c.png");

    await tile(page, 3, 3).focus();
    await page.keyboard.press("Space");
    await page.getByText("Photo 3 of 3 picked up.").waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.getByText("Place 2 of 3").waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Space");
    await until("c is first", async () => (await names()) === "c.png,a.png,b.png");
    await page.keyboard.press("Space");
    await page.keyboard.press("End");
    await page.keyboard.press("Escape");
    await page.getByText("Back where it was.").waitFor();

    await page.keyboard.press("Enter");
    await page.getByLabel("Caption").fill("On the way up");
    await page.getByRole("button", { name: "Save" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Photo 1 of 3: On the way up", exact: true }).waitFor();
    // The first one is the profile image until another is chosen.
    await tile(page, 2, 3).click();
    await page.getByRole("button", { name: "Make it the profile image" }).click();
    await page.getByText("This is your profile image").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("People see your profile image first").waitFor();
    await until("caption and choice", async () => {
      const [first, second] = await files();
      return first.filename === "c.png" && first.caption === "On the way up" && second.is_profile_image;
    });
    await page.reload();
    await page.getByRole("button", { name: "Photo 1 of 3: On the way up", exact: true }).waitFor();
    assert.deepEqual(page.faults, []);
  },

  async "photos are ordered by drag"(browser) {
    const { page, names } = await openAlbum(browser);
    await add(page, [photoFile(1, "a.png"), photoFile(2, "b.png"), photoFile(3, "c.png")]);
    await tiles(page, 3);
    await until("as chosen", async () => (await names()) === "a.png,b.png,c.png");
    const from = await tile(page, 3, 3).boundingBox();
    const to = await tile(page, 1, 3).boundingBox();
    await page.mouse.move(from.x + 60, from.y + 80);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y + 80, { steps: 4 });
    await page.mouse.move(to.x + 80, to.y + 120, { steps: 12 });
    await page.mouse.up();
    await until("c is first", async () => (await names()) === "c.png,a.png,b.png");
  },

  async "a removed photo comes back by undo, or goes"(browser) {
    const { page, names } = await openAlbum(browser);
    await add(page, [photoFile(1, "a.png"), photoFile(2, "b.png")]);
    await tiles(page, 2);
    await page.getByRole("button", { name: "Remove photo 1 of 2" }).click();
    await tiles(page, 1);
    await page.getByRole("button", { name: "Undo" }).click();
    await tiles(page, 2);
    await page.getByRole("button", { name: "Remove photo 2 of 2" }).click();
    await tiles(page, 1);
    await until("b is gone", async () => (await names()) === "a.png");
  },

  async "a crop takes the photo's place, with its caption"(browser) {
    const { page, files } = await openAlbum(browser);
    await add(page, [photoFile(1, "a.png"), photoFile(2, "b.png")]);
    await tiles(page, 2);
    await tile(page, 1, 2).click();
    await page.getByLabel("Caption").fill("Before");
    await page.getByRole("button", { name: "Save" }).click();
    await page.reload();
    await page.getByRole("button", { name: "Photo 1 of 2: Before", exact: true }).click();
    await page.getByRole("button", { name: "Crop" }).click();
    await page.getByRole("radio", { name: "Square" }).click();
    await page.getByRole("slider", { name: "Zoom" }).focus();
    await page.keyboard.press("ArrowRight");
    await settled(page);
    await expectAccessibleInBothThemes(page, "crop");
    await page.getByRole("button", { name: "Use this part" }).click();
    await until("a square stands first", async () => {
      const [first, second, ...more] = await files();
      return (
        first.width === first.height && first.caption === "Before" && second?.filename === "b.png" && more.length === 0
      );
    });
    assert.deepEqual(page.faults, []);
  },

  async "a whole folder is dropped: all photos arrive, the bad file and those beyond the limit say why"(browser) {
    const { page, files } = await openAlbum(browser);
    await page.getByRole("heading", { name: "Show a bit of yourself" }).waitFor();
    await dropFromDisk(page, photoFolder(20, { bad: [7] }));
    const kept = Math.min(19, MAX_PHOTOS);
    await tiles(page, kept);
    await page.getByText("Not a photo", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Choose another instead of photo-07.png" }).waitFor();
    const surplus = 19 - kept;
    await until("the rest is told", async () => (await page.getByText("No more room").count()) === surplus);
    if (surplus > 0) await page.getByText(`A profile holds at most ${MAX_PHOTOS} photos.`).waitFor();
    assert.equal((await files()).length, kept);

    // Another file in the bad one's place.
    if (surplus > 0) await page.getByRole("button", { name: `Remove photo 1 of ${kept}` }).click();
    if (surplus > 0) await until("there is room", async () => (await files()).length === kept - 1);
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Choose another instead of photo-07.png" }).click(),
    ]);
    await chooser.setFiles([photoFile(40, "instead.png")]);
    await until("it is there", async () => (await files()).some(({ filename }) => filename === "instead.png"));
    assert.deepEqual(page.faults, []);
  },

  async "where the store is out of reach, photos go through the server"(browser) {
    const { page, names } = await openAlbum(browser);
    await page.route(
      (url) => url.searchParams.has("X-Amz-Signature"),
      (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()),
    );
    await add(page, [photoFile(1, "a.png")]);
    await tiles(page, 1);
    assert.equal(await names(), "a.png");
  },

  async "a pasted picture is added, and one that was held up goes on by a click"(browser) {
    const { page, names } = await openAlbum(browser);
    await page.getByRole("heading", { name: "Show a bit of yourself" }).waitFor();
    await page.route("**/api/v1/upload-url", (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/problem+json",
        body: JSON.stringify({ code: "internal_error", detail: "Something went wrong." }),
      }),
    );
    await page.evaluate(
      async (bytes) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], "pasted.png", { type: "image/png" }));
        document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
      },
      [...photoFile(5).buffer],
    );
    const refused = page.getByRole("region", { name: "Not added" });
    await refused.getByText("Something went wrong.").waitFor();
    await page.unroute("**/api/v1/upload-url");
    await refused.getByRole("button", { name: "Try again" }).click();
    await tiles(page, 1);
    assert.equal(await names(), "pasted.png");
  },

  async "a HEIC photo that this browser can't open is refused in the server's words"(browser) {
    const { page } = await openAlbum(browser);
    const buffer = Buffer.from(`\0\0\0\x18ftypheic\0\0\0\0mif1heic${"x".repeat(64)}`, "latin1");
    await add(page, [{ name: "IMG_1.HEIC", mimeType: "image/heic", buffer }]);
    await page.getByText("HEIC photo", { exact: true }).waitFor();
    const refused = page.getByRole("region", { name: "Not added" });
    assert.match(await refused.textContent(), /^IMG_1\.HEIC: Photos must be .*JPEG/);
    await refused.getByRole("button", { name: "Dismiss" }).click();
    await page.getByRole("heading", { name: "Show a bit of yourself" }).waitFor();
  },

  async "the photo manager is accessible in light and dark"(browser) {
    const { page } = await openAlbum(browser, { size: { width: 390, height: 844 } });
    await page.getByRole("heading", { name: "Show a bit of yourself" }).waitFor();
    await expectAccessibleInBothThemes(page, "no photos");
    await add(page, [
      photoFile(1),
      photoFile(2),
      { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("x") },
    ]);
    await tiles(page, 2);
    await page.getByRole("region", { name: "Not added" }).waitFor();
    await settled(page);
    await expectAccessibleInBothThemes(page, "photos");
    await tile(page, 1, 2).click();
    await page.getByRole("dialog").waitFor();
    await settled(page);
    await expectAccessibleInBothThemes(page, "one photo");
  },
};
