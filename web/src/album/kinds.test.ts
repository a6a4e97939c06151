import { expect, test } from "vitest";
import { kindOf } from "./kinds";

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test("a file is what its bytes say", () => {
  expect(kindOf(bytes("\xff\xd8\xff\xe0\x00\x10JFIF"))).toBe("image/jpeg");
  expect(kindOf(bytes("\x89PNG\r\n\x1a\n\x00"))).toBe("image/png");
  expect(kindOf(bytes("RIFF\x10\x00\x00\x00WEBPVP8 "))).toBe("image/webp");
  expect(kindOf(bytes("\x00\x00\x00\x18ftypheic\x00"))).toBe("image/heic");
  expect(kindOf(bytes("\x00\x00\x00\x18ftypavif\x00"))).toBe("image/avif");
  for (const other of ["", "RIFF\x10\x00\x00\x00WAVEfmt ", "\x00\x00\x00\x18ftypmp42\x00", "Dear diary, today I"]) {
    expect(kindOf(bytes(other))).toBeUndefined();
  }
});
