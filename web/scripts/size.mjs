// Fails when the JavaScript that any page needs before it shows anything exceeds 180 kB gzip. Run after `npm run build`.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT = 180_000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

function reachable(name, seen = new Set()) {
  if (!seen.has(name)) {
    seen.add(name);
    for (const next of manifest[name].imports ?? []) reachable(next, seen);
  }
  return seen;
}

const bytes = (names) =>
  [...names].reduce((sum, name) => sum + gzipSync(readFileSync(new URL(manifest[name].file, dist))).length, 0);

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
const shell = reachable(entry);
let tooLarge = bytes(shell) > LIMIT;
console.log(`${String(Math.round(bytes(shell) / 100) / 10).padStart(7)} kB  shell`);
for (const page of manifest[entry].dynamicImports ?? []) {
  const size = bytes(new Set([...shell, ...reachable(page)]));
  tooLarge ||= size > LIMIT;
  console.log(`${String(Math.round(size / 100) / 10).padStart(7)} kB  with ${page}`);
}
if (tooLarge) {
  console.error(`More than ${LIMIT / 1000} kB gzip: load what is large with import() where it is needed.`);
  process.exit(1);
}
