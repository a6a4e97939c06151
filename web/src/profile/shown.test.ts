import { expect, test } from "vitest";
import { profileImageFirst, sharedFirst } from "./shown";

test("the profile image comes first, the others stay in order", () => {
  const urls = ["http://s/b/photos/aa/u/1.jpg?x=1", "http://s/b/photos/aa/u/2.jpg?x=1", "http://s/b/photos/aa/u/3.jpg"];
  expect(profileImageFirst(urls, "photos/aa/u/2.jpg")).toEqual([urls[1], urls[0], urls[2]]);
  expect(profileImageFirst(urls, null)).toEqual(urls);
});

test("shared tags come first, none twice", () => {
  expect(sharedFirst(["chess", "jazz", "yoga"], ["jazz"]).map(({ tag, shared }) => [tag, shared])).toEqual([
    ["jazz", true],
    ["chess", false],
    ["yoga", false],
  ]);
});
