import { expect, test } from "vitest";
import { expiresAt, pictureOf, renewIn } from "./presigned";

const url = (date: string, seconds: number) =>
  `http://127.0.0.1:8081/friender/a.jpg?X-Amz-Date=${date}&X-Amz-Expires=${seconds}&X-Amz-Signature=x`;

test("a presigned URL ends where its signature says", () => {
  expect(expiresAt(url("20261121T164230Z", 300))).toBe(Date.UTC(2026, 10, 21, 16, 47, 30));
  expect(expiresAt("blob:http://127.0.0.1/1")).toBeUndefined();
});

test("the earliest is renewed ahead of its end, and never at once", () => {
  const now = Date.UTC(2026, 10, 21, 16, 42, 30);
  expect(renewIn([url("20261121T164230Z", 300), url("20261121T164230Z", 600)], now)).toBe(255_000);
  expect(renewIn([url("20261121T163230Z", 300)], now)).toBe(15_000);
  expect(renewIn([])).toBe(false);
});

test("another signature is the same picture", () => {
  expect(pictureOf(url("20261121T164230Z", 300))).toBe(pictureOf(url("20261121T170000Z", 300)));
});
