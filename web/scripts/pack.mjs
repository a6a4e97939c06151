// Packs what browsers load, beside it: name.br and name.gz, which the server sends as they are. Runs after `vite build`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const TEXTS = /\.(css|html|js|json|svg|txt|webmanifest)$/;
/** Less than this fits into one packet anyway. */
const SMALL = 1000;

const smallest = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
for (const name of readdirSync(dist, { recursive: true })) {
  const hidden = name.split(/[\\/]/).some((part) => part.startsWith("."));
  if (hidden || !TEXTS.test(name)) continue;
  const content = readFileSync(join(dist, name));
  if (content.length < SMALL) continue;
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(content, { params: smallest }));
  writeFileSync(join(dist, `${name}.gz`), gzipSync(content, { level: 9 }));
}
