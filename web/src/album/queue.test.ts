import { beforeEach, expect, test, vi } from "vitest";
import { UploadQueue } from "./queue";

beforeEach(() => {
  URL.createObjectURL = () => "blob:preview";
  URL.revokeObjectURL = () => undefined;
});

const file = (name: string) => new File(["x"], name);

/** A queue whose files are kept or refused when the test says so. */
function queueByHand() {
  const open = new Map<string, { done: (kept: string) => void; failed: (error: Error) => void }>();
  const kept: string[] = [];
  const idle = vi.fn();
  const queue = new UploadQueue<string>({
    prepare: async (photo) => photo,
    send: ({ name }, { signal }) =>
      new Promise((done, failed) => {
        open.set(name, { done, failed });
        signal.addEventListener("abort", () => failed(signal.reason));
      }),
    kept: (name) => void kept.push(name),
    idle,
  });
  const stages = () => queue.get().map(({ file: { name }, stage }) => `${name} ${stage.kind}`);
  const finish = async (name: string) => {
    await vi.waitFor(() => expect(open.has(name)).toBe(true));
    open.get(name)?.done(name);
    await vi.waitFor(() => expect(kept).toContain(name));
  };
  const refuse = async (name: string) => {
    await vi.waitFor(() => expect(open.has(name)).toBe(true));
    open.get(name)?.failed(new Error("no"));
    open.delete(name);
    await vi.waitFor(() => expect(stages()).toContain(`${name} refused`));
  };
  return { queue, open, kept, idle, stages, finish, refuse };
}

test("three go at once, the next when one is through, and all are kept", async () => {
  const { queue, open, kept, idle, stages, finish } = queueByHand();
  queue.add(["a", "b", "c", "d"].map(file));
  await vi.waitFor(() => expect(open.size).toBe(3));
  expect(stages()).toEqual(["a sending", "b sending", "c sending", "d waiting"]);
  await finish("b");
  await vi.waitFor(() => expect(stages()).toEqual(["a sending", "c sending", "d sending"]));
  for (const name of ["a", "c", "d"]) await finish(name);
  await vi.waitFor(() => expect(queue.get()).toEqual([]));
  expect(kept).toEqual(["b", "a", "c", "d"]);
  expect(idle).toHaveBeenCalledOnce();
});

test("one that is refused stays, with the others going on, and can be sent again or replaced", async () => {
  const { queue, kept, stages, finish, refuse } = queueByHand();
  queue.add([file("a"), file("b")]);
  await refuse("a");
  await finish("b");
  expect(stages()).toEqual(["a refused"]);
  queue.retry(queue.get()[0]?.id ?? "");
  await refuse("a");
  queue.retry(queue.get()[0]?.id ?? "", file("other"));
  await finish("other");
  await vi.waitFor(() => expect(queue.get()).toEqual([]));
  expect(kept).toEqual(["b", "other"]);
});

test("one that is removed is given up, and makes room", async () => {
  const { queue, open, stages } = queueByHand();
  queue.add(["a", "b", "c", "d"].map(file));
  await vi.waitFor(() => expect(open.size).toBe(3));
  queue.remove(queue.get()[0]?.id ?? "");
  await vi.waitFor(() => expect(stages()).toEqual(["b sending", "c sending", "d sending"]));
});
