// Draws one portrait as SVG from DiceBear's Open Peeps parts.
import { createAvatar } from "@dicebear/core";
import * as openPeeps from "@dicebear/open-peeps";
import { chance, pick, shuffled } from "./random.mjs";

export const WIDTH = 480;
export const HEIGHT = 600;

/** Pleasant faces only: everybody here is glad to see you. */
const FACES = ["smile", "smile", "smile", "calm", "calm", "smileBig", "smileBig", "smileTeethGap"];
const CLOTHES = ["2e8b77", "f5b83d", "e07a5f", "8fa7df", "d9a5c9", "b8d8c8", "c8401f", "7a9e5f", "f0e4d0", "6c8ebf", "ffffff", "c98bb9"];
/** Flat grounds and a shape upon each, near the design's paper, pine, sun and ember. */
const GROUNDS = [
  ["f3ebdf", "fdf0cf"], ["dcefe9", "c3e0d6"], ["fdf0cf", "f9dc95"], ["fbe3da", "f6cdbd"],
  ["9cc9bc", "b5d8cd"], ["f5b83d", "f8cb6e"], ["ffd8a8", "ffe6c7"], ["cfe3d4", "dcefe9"], ["e9dcc6", "f3ebdf"], ["5fa595", "76b5a6"],
];
/** Where each part begins in the drawing that DiceBear composes. */
const PARTS = [
  ["body", '<g fill-rule="evenodd" clip-rule="evenodd"><path d="M705.3'], ["head", '<g transform="matrix(.99789'],
  ["face", '<g transform="translate(315 248)'], ["facialHair", '<g transform="translate(279 400)'],
  ["mask", '<g transform="translate(179 343)'], ["accessories", '<g transform="translate(203 303)'],
];

/** The portraits of one person, one SVG for each file name. */
export function drawPerson(person, look) {
  const next = chance(`scene ${person.username}`);
  const faces = shuffled(next, FACES).filter((face, at, all) => all.indexOf(face) === at);
  const clothes = shuffled(next, CLOTHES);
  const grounds = shuffled(next, GROUNDS);
  const accent = clothes[clothes.length - 1];
  return person.portraits.map((_, at) => draw(look, {
    at, accent,
    face: faces[at % faces.length],
    clothing: clothes[at],
    ground: grounds[at],
    shape: pick(next, ["plain", "plain", "disc", "hill", "arch"]),
    zoom: (at === 0 ? 1 : 0.92 + 0.2 * next()) * (look.head === "longAfro" ? 0.84 : 1),
    flip: look.flip !== (at > 0 && next() < 0.35),
    shades: at > 0 && at === person.portraits.length - 1 && next() < 0.25,
  }));
}

function draw(look, scene) {
  const worn = scene.shades ? pick(chance(look.head + scene.clothing), ["sunglasses", "sunglasses2"]) : look.glasses;
  const body = parts(look, scene, scene.clothing, worn);
  const head = parts(look, scene, scene.accent, worn).head.replaceAll('fill="#000"', `fill="#${look.hair}"`);
  const beard = body.facialHair.replaceAll('fill="#000"', `fill="#${look.beardHair ?? look.hair}"`);
  // A moustache lies over the lip; a beard frames the smile and must not cover it.
  const front = look.beard?.startsWith("moustache") ? body.face + beard : beard + body.face;
  const width = 656 / scene.zoom;
  const height = width * (HEIGHT / WIDTH);
  const left = 366 - width / 2;
  const top = 352 - height * 0.475;
  const mirror = scene.flip ? ` transform="translate(${2 * 366} 0) scale(-1 1)"` : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="${left} ${top} ${width} ${height}">`
    + background(scene, left, top, width, height)
    + `<g${mirror}>${body.body}${head}${front}${body.accessories}</g></svg>`;
}

function background({ ground: [base, other], shape }, left, top, width, height) {
  const whole = `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="#${base}"/>`;
  const shapes = {
    plain: "",
    disc: `<circle cx="366" cy="330" r="285" fill="#${other}"/>`,
    hill: `<ellipse cx="250" cy="980" rx="760" ry="520" fill="#${other}"/>`,
    arch: `<path d="M96 1200V350a270 270 0 0 1 540 0v850z" fill="#${other}"/>`,
  };
  return whole + shapes[shape];
}

/** DiceBear's parts with these colours, by name. */
function parts(look, scene, clothing, worn) {
  const whole = createAvatar(openPeeps, {
    seed: "friender", head: [look.head], face: [scene.face],
    skinColor: [look.skin], headContrastColor: [look.shine], clothingColor: [clothing], maskProbability: 0,
    facialHair: [look.beard ?? "chin"], facialHairProbability: look.beard ? 100 : 0,
    accessories: [worn ?? "glasses"], accessoriesProbability: worn ? 100 : 0,
  }).toString();
  const starts = PARTS.map(([, start]) => whole.indexOf(start));
  const end = whole.lastIndexOf("</g></svg>");
  if (starts.includes(-1) || end < 0) {
    throw new Error("DiceBear composes Open Peeps in another way than this program knows");
  }
  return Object.fromEntries(PARTS.map(([name], at) => [name, whole.slice(starts[at], starts[at + 1] ?? end)]));
}
