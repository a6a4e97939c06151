import { expect, test } from "vitest";
import type { Message } from "../conversation/history";
import type { Unsent } from "../conversation/kept";
import { type Row, rowsOf } from "./rows";

const at = (day: number, hour: number, minute = 0) => new Date(2026, 4, day, hour, minute).toISOString();
const message = (seq: number, sender: string, sent_at: string): Message => ({
  seq,
  sender,
  sent_at,
  client_id: `c${seq}`,
  body: `${seq}`,
});
const rows = (items: Message[], more: { unsent?: Unsent[]; otherRead?: number; whole?: boolean } = {}) =>
  rowsOf({ items, unsent: [], other: "tomas", otherRead: 0, whole: false, ...more });
const shape = (row: Row) => {
  if (row.kind === "time") return row.newDay ? "day" : "pause";
  if (row.kind === "begin") return "begin";
  return `${row.mine ? "me" : "they"}${row.first ? " first" : ""}${row.last ? " last" : ""}`;
};

test("runs are broken by the other one, by a pause, and by midnight", () => {
  const told = rows([
    message(1, "tomas", at(1, 9)),
    message(2, "tomas", at(1, 9, 1)),
    message(3, "ruth", at(1, 9, 2)),
    message(4, "ruth", at(1, 11)),
    message(5, "ruth", at(1, 23, 50)),
    message(6, "ruth", at(2, 0, 5)),
  ]).map(shape);
  expect(told).toEqual([
    "day",
    "they first",
    "they last",
    "me first last",
    "pause",
    "me first last",
    "pause",
    "me first last",
    "day",
    "me first last",
  ]);
});

test("one Read, under the last message, and only if it is mine", () => {
  const mine = [message(1, "tomas", at(1, 9)), message(2, "ruth", at(1, 9)), message(3, "ruth", at(1, 9))];
  const read = (items: Message[], otherRead: number) =>
    rows(items, { otherRead }).flatMap((row) => (row.kind === "message" && row.read ? [row.body] : []));
  expect(read(mine, 2)).toEqual([]);
  expect(read(mine, 3)).toEqual(["3"]);
  expect(read([...mine, message(4, "tomas", at(1, 10))], 4)).toEqual([]);
});

test("a message on its way stands once, and keeps its key when it has arrived", () => {
  const unsent: Unsent = { client_id: "c2", body: "2", written_at: at(1, 9, 1), state: "sending" };
  const before = rows([message(1, "ruth", at(1, 9))], { unsent: [unsent] }).at(-1);
  const after = rows([message(1, "ruth", at(1, 9)), message(2, "ruth", at(1, 9, 1))], { unsent: [unsent] });
  expect(after.filter(({ kind }) => kind === "message")).toHaveLength(2);
  expect(after.at(-1)?.key).toBe(before?.key);
  expect(before).toMatchObject({ standing: "sending", mine: true, first: false });
});

test("the beginning is told only where it is", () => {
  expect(rows([], { whole: true }).map(shape)).toEqual(["begin"]);
  expect(rows([message(9, "ruth", at(1, 9))]).map(shape)).toEqual(["day", "me first last"]);
});
