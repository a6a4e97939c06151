import { expect, test } from "vitest";
import type { Formats } from "../texts/format";
import { when } from "./when";

const formats = { time: () => "time", weekday: () => "weekday", day: () => "day" } as unknown as Formats;
const now = new Date(2026, 4, 14, 0, 30);

test("the clock counts only for today, the weekday only for a week", () => {
  const at = (day: number, hour: number) => when(new Date(2026, 4, day, hour).toISOString(), formats, now);
  expect([at(14, 0), at(13, 23), at(8, 1), at(7, 23)]).toEqual(["time", "weekday", "weekday", "day"]);
});
