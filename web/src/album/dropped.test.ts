import { expect, test } from "vitest";
import { filesIn } from "./dropped";

const photo = (name: string) => new File(["x"], name);
const fileEntry = (name: string) => ({
  isFile: true,
  isDirectory: false,
  name,
  file: (done: (file: File) => void) => done(photo(name)),
});

/** A folder that comes in pieces of two, as browsers cut them at a hundred. */
function folderEntry(name: string, inside: object[]) {
  let at = 0;
  const readEntries = (done: (piece: object[]) => void) => {
    done(inside.slice(at, at + 2));
    at += 2;
  };
  return { isFile: false, isDirectory: true, name, createReader: () => ({ readEntries }) };
}

const drop = (items: object[]) =>
  ({ items: items.map((item) => ({ kind: "file", ...item })) }) as unknown as DataTransfer;
const names = async (data: DataTransfer) => (await filesIn(data)).map(({ name }) => name);

test("whole folders are read, folders in them, too, in the order of their names", async () => {
  const inner = folderEntry("more", [fileEntry("b.jpg"), fileEntry(".DS_Store")]);
  const folder = folderEntry("trip", [fileEntry("10.jpg"), fileEntry("9.jpg"), inner, fileEntry("Thumbs.db")]);
  const data = drop([{ webkitGetAsEntry: () => folder }, { webkitGetAsEntry: () => fileEntry("a.jpg") }]);
  expect(await names(data)).toEqual(["9.jpg", "10.jpg", "b.jpg", "a.jpg"]);
});

test("where there are only handles, they are read", async () => {
  const values = async function* () {
    yield { kind: "file", name: "2.jpg", getFile: async () => photo("2.jpg") };
    yield { kind: "file", name: "1.jpg", getFile: async () => photo("1.jpg") };
  };
  const handle = { kind: "directory", name: "trip", values };
  const item = { getAsFile: () => null, getAsFileSystemHandle: async () => handle };
  expect(await names(drop([item]))).toEqual(["1.jpg", "2.jpg"]);
});

test("plain files do without either", async () => {
  const item = { webkitGetAsEntry: () => null, getAsFile: () => photo("pasted.png") };
  expect(await names(drop([item]))).toEqual(["pasted.png"]);
});
