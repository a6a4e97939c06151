import { beforeEach, expect, test } from "vitest";
import { ApiProblem } from "./problem";
import { forgetReread, reread } from "./reread";

beforeEach(forgetReread);

const fresh = (data: string) => async () => ({
  data,
  response: new Response(null, { headers: { ETag: `"${data}"` } }),
});

test("what hasn't changed isn't sent twice", async () => {
  await reread("list", "", fresh("one"));
  let sent: Record<string, string> = {};
  const again = await reread("list", "", async (headers) => {
    sent = headers;
    throw new ApiProblem(304, {});
  });
  expect([again, sent["If-None-Match"]]).toEqual(["one", '"one"']);
  expect(await reread("list", "", fresh("two"))).toBe("two");
});

test("another question, or another reader, asks without a tag", async () => {
  await reread("list", "after=1", fresh("one"));
  const tags: unknown[] = [];
  const look = async (headers: Record<string, string>) => {
    tags.push(headers["If-None-Match"]);
    return { data: "x", response: new Response() };
  };
  await reread("list", "after=2", look);
  forgetReread();
  await reread("list", "after=1", look);
  expect(tags).toEqual([undefined, undefined]);
});

test("a refusal is a refusal", async () => {
  await reread("list", "", fresh("one"));
  const missing = new ApiProblem(404, { code: "match_not_found" });
  await expect(reread("list", "", () => Promise.reject(missing))).rejects.toBe(missing);
});
