import { afterEach, expect, test } from "vitest";
import { ApiProblem } from "../api/problem";
import { en } from "../texts/en";
import { es } from "../texts/es";
import { mayPass, refusalOf, Unsendable } from "./refusal";

afterEach(() => {
  document.documentElement.lang = "";
});

const full = new ApiProblem(409, {
  code: "photo_limit",
  detail: "A profile holds at most 4 photos. Remove one first.",
});

test("what the server says is shown as it says it, where its language is ours", () => {
  document.documentElement.lang = "en";
  expect(refusalOf(full, en)).toEqual({ title: "No more room", text: full.detail });
  document.documentElement.lang = "es";
  expect(refusalOf(full, es)).toEqual({ title: "No cabe más", text: "Tu perfil está lleno. Quita antes una foto." });
});

test("the file's name isn't said twice", () => {
  document.documentElement.lang = "en";
  const heic = new ApiProblem(415, { code: "heic_not_supported", detail: "a.heic: photos must be JPEG." });
  expect(refusalOf(heic, en, "a.heic").text).toBe("Photos must be JPEG.");
});

test("a file that was not sent, and a server that was away", () => {
  expect(refusalOf(new Unsendable("not_a_photo"), en).title).toBe("Not a photo");
  expect(refusalOf(new ApiProblem(0, { code: "unreachable" }), en)).toEqual({
    title: "Not sent",
    text: en.common.problem.unreachable,
  });
});

test("only what may pass is offered again", () => {
  expect(mayPass(full)).toBe(true);
  expect(mayPass(new ApiProblem(503, { code: "storage_unavailable" }))).toBe(true);
  expect(mayPass(new ApiProblem(415, { code: "heic_not_supported" }))).toBe(false);
  expect(mayPass(new Unsendable("file_empty"))).toBe(false);
});
