import { expect, test } from "vitest";
import { sizeOf } from "./size";

test("sizes read as people say them", () => {
  expect(sizeOf(0, "en")).toBe("0 byte");
  expect(sizeOf(999, "en")).toBe("999 byte");
  expect(sizeOf(1400, "en")).toBe("1.4 kB");
  expect(sizeOf(1_400_000, "es")).toBe("1,4 MB");
  expect(sizeOf(5e12, "en")).toBe("5,000 GB");
});
