import { afterEach, expect, test } from "vitest";
import { type Account, forgetDraft, keepDraft, readDraft } from "./draft";

afterEach(forgetDraft);

test("what was typed is kept, a password never", () => {
  keepDraft({ account: { username: "ada", email: "", password: "secret-7" } as Account });
  keepDraft({ asksBirthDate: true });
  expect(readDraft()).toMatchObject({ account: { username: "ada" }, asksBirthDate: true });
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("secret-7");
});

test("what another version has left there doesn't matter", () => {
  sessionStorage.setItem("friender.sign-up", '{"account":7,"profile":{"hobbies":"x"},"more":1}');
  expect(readDraft()).toMatchObject({
    account: { username: "", email: "" },
    profile: { hobbies: [], friend_radius: 25 },
  });
  sessionStorage.setItem("friender.sign-up", "{");
  expect(readDraft().asksBirthDate).toBe(false);
});
