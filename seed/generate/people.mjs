// Writes ../people.json and ../story.json from people/*.txt and story.source.json.
import fs from "node:fs";
import { chance, pick } from "./random.mjs";
import { readDemo, readPeople } from "./source.mjs";

const HERE = new URL(".", import.meta.url);
/** Ages in people/*.txt are those of this year; birthdays fall before November. */
const YEAR = 2026;
const RADII = [5, 10, 10, 15, 20, 25, 25, 25, 25, 25, 30, 40, 50, 50, 75, 100];

function birthDate(person) {
  const next = chance(`birth ${person.username}`);
  const month = 1 + Math.floor(next() * 10);
  const day = 1 + Math.floor(next() * 28);
  return `${YEAR - person.age}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Most people were here this week, a few weeks ago. */
function activeDaysAgo(person) {
  return Math.floor(61 * chance(`active ${person.username}`)() ** 3.2);
}

function profile(person) {
  return {
    username: person.username,
    display_name: person.displayName,
    birth_date: birthDate(person),
    zip: person.zip,
    friend_radius: pick(chance(`radius ${person.username}`), RADII),
    hobbies: person.hobbies,
    interests: person.interests,
    bio: person.bio,
    portraits: person.portraits,
    active_days_ago: activeDaysAgo(person),
  };
}

function writePeople() {
  const story = JSON.parse(fs.readFileSync(new URL("story.source.json", HERE), "utf8"));
  const inStory = new Set([...story.likes_waiting, ...story.matches, ...story.later].map((entry) => entry.username));
  const people = readPeople().map(profile);
  for (const person of people.filter((one) => inStory.has(one.username))) {
    person.active_days_ago = Math.min(person.active_days_ago, 2);
  }
  const lines = people.map((person) => `    ${JSON.stringify(person)}`).join(",\n");
  fs.writeFileSync(new URL("../people.json", HERE), `{\n  "version": 1,\n  "people": [\n${lines}\n  ]\n}\n`);
  return story;
}

function writeStory(story) {
  const { username, ...rest } = profile(readDemo());
  const demo = { username, password: story.password, ...rest, friend_radius: 25, active_days_ago: 0 };
  const { password: _, ...events } = story;
  const whole = { version: 1, demo, ...events };
  fs.writeFileSync(new URL("../story.json", HERE), `${JSON.stringify(whole, null, 2)}\n`);
}

writeStory(writePeople());
