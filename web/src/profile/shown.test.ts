import { expect, test } from "vitest";
import { profileImageFirst } from "./shown";

test("the profile image comes first, the others stay in order", () => {
  const urls = ["http://s/b/photos/aa/u/1.jpg?x=1", "http://s/b/photos/aa/u/2.jpg?x=1", "http://s/b/photos/aa/u/3.jpg"];
  expect(profileImageFirst(urls, "photos/aa/u/2.jpg")).toEqual([urls[1], urls[0], urls[2]]);
  expect(profileImageFirst(urls, null)).toEqual(urls);
});
