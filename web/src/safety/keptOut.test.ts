import { expect, test } from "vitest";
import { ApiProblem } from "../api/problem";
import { keptOutBy } from "./keptOut";

const sanction = { id: "1", kind: "suspension", rule: "spam" };

test("the refusal of a login tells why and gives the token to appeal", () => {
  const refusal = new ApiProblem(403, { code: "account_suspended", ...{ appeal_token: "t", sanction } });
  expect(keptOutBy(refusal)).toEqual({ sanction, token: "t", forGood: false });
  const ban = new ApiProblem(403, { code: "account_banned", ...{ appeal_token: "t", sanction: null } });
  expect(keptOutBy(ban)).toEqual({ sanction: undefined, token: "t", forGood: true });
});

test("other refusals are none", () => {
  expect(keptOutBy(new ApiProblem(401, { code: "wrong_credentials" }))).toBeUndefined();
  expect(keptOutBy(new Error("x"))).toBeUndefined();
});
