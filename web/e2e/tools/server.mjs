// The server's life in the hands of whoever runs the story: asked for on standard output, answered on standard input.
import { createInterface } from "node:readline";

let answers;

async function ask(what) {
  answers ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  console.log(`server: ${what}`);
  const { done } = await answers.next();
  if (done) throw new Error("nobody is there to kill and start the server: `make test ARGS=gone` is");
}

/** Kills it in the midst of its work; it is gone when this comes back. */
export const killServer = () => ask("kill");

/** Starts it again at its address, on its data; it answers when this comes back. */
export const startServer = () => ask("start");
