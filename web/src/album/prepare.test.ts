import { expect, test, vi } from "vitest";
import { MOST_BYTES, prepare } from "./prepare";

const PNG = "\x89PNG\r\n\x1a\n\x00\x00\x00";
const named = (name: string, content: string, type = "") =>
  new File([Uint8Array.from(content, (letter) => letter.charCodeAt(0))], name, { type });

test("a photo goes as it is, with the type that its bytes have", async () => {
  const photo = named("a.png", PNG, "image/png");
  expect(await prepare(photo)).toBe(photo);
  expect((await prepare(named("a.jpg", PNG, "image/jpeg"))).type).toBe("image/png");
});

test("what can't be a photo is never sent", async () => {
  await expect(prepare(named("empty.jpg", "", "image/jpeg"))).rejects.toMatchObject({ code: "file_empty" });
  await expect(prepare(named("notes.txt", "hello", "text/plain"))).rejects.toMatchObject({ code: "not_a_photo" });
  const large = named("large.png", PNG, "image/png");
  Object.defineProperty(large, "size", { value: MOST_BYTES + 1 });
  await expect(prepare(large)).rejects.toMatchObject({ code: "file_too_large" });
});

test("what this browser can't read is left to the server to name", async () => {
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("no decoder")));
  const photo = await prepare(named("IMG_1.HEIC", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"));
  expect(photo).toMatchObject({ name: "IMG_1.HEIC", type: "image/heic" });
});
