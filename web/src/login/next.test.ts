import { expect, test } from "vitest";
import { placeAfter } from "./next";

test("a login leads back to where one was, and never elsewhere", () => {
  expect(placeAfter("/chats/1?a=b")).toBe("/chats/1?a=b");
  expect(placeAfter(null)).toBe("/discover");
  for (const elsewhere of ["https://example.org/x", "//example.org/x", "/\\example.org", "javascript:alert(1)"]) {
    expect(placeAfter(elsewhere)).toBe("/discover");
  }
});
