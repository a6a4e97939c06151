// Pictures made here: PNG files whose colours depend on a number, so that no two are the same.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG: two colours that run into each other, with a disc. */
export function png(number, { width = 240, height = 300 } = {}) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const [red, green, blue] = [(number * 83) % 200, (number * 47 + 60) % 200, (number * 131 + 90) % 200];
  const [middle, radius] = [{ x: width * (0.3 + 0.05 * (number % 9)), y: height * 0.45 }, width / 4];
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = (x - middle.x) ** 2 + (y - middle.y) ** 2 < radius ** 2;
      const light = inside ? 55 : Math.round((y / height) * 50);
      rows.set([red + light, green + light, blue + (inside ? 0 : light)], y * (width * 3 + 1) + 1 + x * 3);
    }
  }
  const data = deflateSync(rows);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** What Playwright's setInputFiles takes. */
export const photoFile = (number, name = `photo-${number}.png`) => ({
  name,
  mimeType: "image/png",
  buffer: png(number),
});

/** A folder on disk with `count` files, of which those in `bad` are no photos: its path. */
export function photoFolder(count, { bad = [], first = 1 } = {}) {
  const folder = join(mkdtempSync(join(tmpdir(), "friender-e2e-")), "holiday");
  mkdirSync(folder);
  for (let number = 1; number <= count; number++) {
    const file = join(folder, `photo-${String(number).padStart(2, "0")}.png`);
    writeFileSync(file, bad.includes(number) ? "This is not a picture.\n" : png(first + number));
  }
  return folder;
}
