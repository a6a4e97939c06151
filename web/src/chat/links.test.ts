import { expect, test } from "vitest";
import { piecesOf } from "./links";

const links = (text: string) => piecesOf(text).flatMap(({ href }) => href ?? []);

test("a text stays what it was", () => {
  for (const text of ["", "Hi!", "see https://a.example/b?c=d#e, then (https://a.example).", "<b>x</b>", "a\nb"]) {
    expect(
      piecesOf(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  }
});

test("the sentence around an address isn't part of it", () => {
  expect(links("Look: https://a.example/b. Or (http://b.example/c_(d))!")).toEqual([
    "https://a.example/b",
    "http://b.example/c_(d)",
  ]);
  expect(links("https://a.example/one…")).toHaveLength(1);
});

test("only addresses of the web become links", () => {
  for (const text of [
    "javascript:alert(1)",
    "data:text/html,x",
    "www.a.example",
    "mail@a.example",
    "https://bank.example@evil.example/",
    "http://localhost/x",
    "https://",
    "xhttps://a.example",
  ]) {
    expect(links(text)).toEqual([]);
  }
});
