// Writes ../portraits/*.webp: lossless WebP, which keeps flat drawings sharp and small.
// `node portraits.mjs --sheet FILE.png` writes a contact sheet instead, to look at.
import fs from "node:fs";
import { Resvg } from "@resvg/resvg-js";
import { drawPerson, HEIGHT, WIDTH } from "./drawing.mjs";
import { allLooks } from "./looks.mjs";
import { readDemo, readPeople } from "./source.mjs";

const FOLDER = new URL("../portraits/", import.meta.url);

function everybody() {
  const people = [readDemo(), ...readPeople()];
  const looks = allLooks(people);
  return people.map((person) => ({ person, drawings: drawPerson(person, looks.get(person.username)) }));
}

/** Edges between flat areas need few shades: colours that cover little are rounded, so that a small palette does. */
function pixels(svg) {
  const picture = new Resvg(svg).render();
  const data = new Uint8ClampedArray(picture.pixels);
  const words = new Uint32Array(data.buffer);
  const counts = new Map();
  for (const word of words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  for (let at = 0; at < words.length; at += 1) {
    if (counts.get(words[at]) < 600) {
      for (let channel = 4 * at; channel < 4 * at + 3; channel += 1) {
        data[channel] = Math.round(data[channel] / 24) * 24;
      }
    }
  }
  return { data, width: picture.width, height: picture.height };
}

async function writePortraits() {
  const wasm = new URL("node_modules/@jsquash/webp/codec/enc/webp_enc.wasm", import.meta.url);
  const codec = (await import("./node_modules/@jsquash/webp/codec/enc/webp_enc.js")).default;
  const { encode: webp } = await codec({ wasmBinary: fs.readFileSync(wasm), noInitialRun: true });
  const { defaultOptions } = await import("@jsquash/webp/meta.js");
  fs.rmSync(FOLDER, { recursive: true, force: true });
  fs.mkdirSync(FOLDER);
  for (const { person, drawings } of everybody()) {
    drawings.forEach((svg, at) => {
      const { data, width, height } = pixels(svg);
      const file = webp(data, width, height, { ...defaultOptions, lossless: 1, quality: 90, method: 5 });
      fs.writeFileSync(new URL(person.portraits[at], FOLDER), file);
    });
  }
}

function writeSheet(file, from, to) {
  const columns = 12;
  const cells = everybody().slice(from, to).flatMap(({ person, drawings }) => drawings.map((svg, at) => [person.username, at, svg]));
  const rows = Math.ceil(cells.length / columns);
  const drawn = cells.map(([name, at, svg], cell) => {
    const x = (cell % columns) * 132;
    const y = Math.floor(cell / columns) * 182;
    const image = svg.replace(`width="${WIDTH}" height="${HEIGHT}"`, `x="${x}" y="${y}" width="128" height="160"`);
    return `${image}<text x="${x + 2}" y="${y + 174}" font-size="12" font-family="sans-serif">${name} ${at + 1}</text>`;
  });
  const sheet = `<svg xmlns="http://www.w3.org/2000/svg" width="${columns * 132}" height="${rows * 182}">`
    + `<rect width="100%" height="100%" fill="#fff"/>${drawn.join("")}</svg>`;
  fs.writeFileSync(file, new Resvg(sheet).render().asPng());
}

const [flag, file, from = "0", to = "1000"] = process.argv.slice(2);
if (flag === "--sheet") {
  writeSheet(file, Number(from), Number(to));
} else {
  await writePortraits();
}
