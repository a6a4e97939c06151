// Reads people/*.txt, the hand-written lines that everything else is made from.
import fs from "node:fs";
import { chance } from "./random.mjs";

const CITIES = ["new-york", "los-angeles", "chicago", "austin", "seattle", "atlanta", "denver", "boston"];
const HERE = new URL(".", import.meta.url);

/** Everybody but the demo login, in the order of the files. */
export function readPeople() {
  return CITIES.flatMap((city) => readFile(city));
}

/** The demo login's own line. */
export function readDemo() {
  return readFile("demo")[0];
}

function readFile(city) {
  const text = fs.readFileSync(new URL(`people/${city}.txt`, HERE), "utf8");
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).map((line) => readLine(line));
}

function readLine(line) {
  const [username, displayName, age, zip, look, hobbies, interests, bio] = line.split("|");
  const [code, ...wishes] = look.split(";");
  return {
    username, displayName, age: Number(age), zip, bio,
    look: { gender: code[0], skin: Number(code[1]), wishes },
    hobbies: hobbies.split(", "), interests: interests.split(", "),
    portraits: portraitNames(username),
  };
}

function portraitNames(username) {
  const roll = chance(`portraits ${username}`)();
  const count = username === "demo" || (roll >= 0.3 && roll < 0.75) ? 2 : roll < 0.3 ? 1 : 3;
  return Array.from({ length: count }, (_, at) => `${username}-${at + 1}.webp`);
}
