// Decides what each person looks like, so that no two look the same.
import { chance, pick, shuffled } from "./random.mjs";

const SKIN = ["", "ffdbb4", "edb98a", "d9a06b", "c4844f", "ae5d29", "8a5638", "6b4a3a"];

const HEADS = {
  f: {
    straight: ["bangs", "bangs2", "long", "longBangs", "medium1", "medium2", "medium3", "mediumBangs",
      "mediumBangs2", "mediumBangs3", "mediumStraight", "bun", "longCurly", "hatBeanie", "hatHip"],
    curly: ["afro", "longAfro", "longCurly", "bantuKnots", "bun", "bun2", "buns", "cornrows", "cornrows2",
      "dreads1", "twists", "medium2", "mediumBangs3"],
    old: ["grayBun", "grayMedium", "bangs2", "medium1", "medium3", "bun", "mediumBangs", "short3"],
  },
  m: {
    straight: ["short1", "short2", "short3", "short4", "short5", "pomp", "shaved1", "shaved2", "shaved3",
      "medium1", "hatBeanie", "hatHip", "flatTop", "noHair2"],
    curly: ["afro", "dreads1", "dreads2", "flatTop", "flatTopLong", "twists", "twists2", "shaved1", "shaved2",
      "short1", "noHair1", "cornrows2", "hatBeanie"],
    old: ["grayShort", "noHair1", "noHair2", "noHair3", "short2", "short5", "hatHip", "shaved2"],
  },
  n: {
    straight: ["shaved3", "short3", "short4", "medium1", "mohawk", "mohawk2", "bangs2", "hatBeanie", "short5",
      "mediumBangs2", "pomp"],
    curly: ["dreads2", "twists", "afro", "flatTop", "shaved2"],
    old: ["grayShort", "short3", "medium1"],
  },
};

const HAIR = {
  light: ["2b1a12", "4a2c1d", "6b3a1e", "8f3d1c", "5a3825"],
  dark: ["000000", "000000", "1d1410", "2b1a12", "3a2216"],
  gray: ["6f6d70", "85838a", "5c5a5e"],
};
/** The second hair colour of those heads that have one under a black outline. */
const SHINE = { light: ["d6b370", "e3c27a", "b58143", "c9722f", "a55728"], dark: ["4a312c", "724133", "2c1b18"], gray: ["e8e1e1", "d5d0cf", "c4c0c4"] };
const DYED = ["1f6f6b", "6b2d5c", "2f5d9b"];
const SHINING = new Set(["bangs", "cornrows", "grayBun", "grayMedium", "grayShort", "mediumBangs2", "mohawk", "mohawk2", "noHair3", "short4"]);
const SCARVES = ["0f5e50", "6b2d5c", "3d5a80", "8c3b2a", "54633c"];
const BEARDS = ["chin", "full", "full3", "goatee1", "goatee2", "moustache7"];
const GLASSES = ["glasses", "glasses2", "glasses3", "glasses4", "glasses5"];

/** Looks for everybody, by username. */
export function allLooks(people) {
  const taken = new Set();
  const used = new Map();
  const looks = new Map();
  for (const person of people) {
    const look = freeLook(person, taken, used);
    taken.add(signature(look));
    used.set(look.head, (used.get(look.head) ?? 0) + 1);
    looks.set(person.username, look);
  }
  return looks;
}

/** What a viewer can tell a person by; unique. */
export function signature(look) {
  const hair = look.tone === "gray" ? "gray" : SHINING.has(look.head) ? look.shine : look.hair;
  return [look.head, look.skin, hair, look.beard ?? "", look.glasses ? "glasses" : ""].join(" ");
}

function freeLook(person, taken, used) {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const look = draw(person, chance(`look ${person.username} ${attempt}`), used, attempt);
    if (!taken.has(signature(look))) {
      return look;
    }
  }
  throw new Error(`no look left for ${person.username}: add heads or colours`);
}

function draw(person, next, used, attempt) {
  const { gender, skin, wishes } = person.look;
  const tone = person.age >= 57 || (person.age >= 48 && next() < 0.35) ? "gray" : skin === 1 ? "light" : "dark";
  const dyed = gender === "n" && person.age < 32 && next() < 0.5;
  const head = chooseHead(person, next, used, attempt);
  const beard = wishes.includes("beard") ? pick(next, ["full", "full3", "chin"])
    : gender === "m" && next() < 0.3 ? pick(next, BEARDS) : undefined;
  return {
    head, beard, tone,
    skin: SKIN[skin],
    hair: head === "hijab" ? pick(next, SCARVES) : SHINING.has(head) || head === "turban" || head.startsWith("noHair") ? "000000"
      : dyed ? pick(next, DYED) : pick(next, HAIR[tone]),
    shine: dyed ? pick(next, DYED) : pick(next, SHINE[tone]),
    beardHair: head.startsWith("noHair") || SHINING.has(head) ? (tone === "gray" ? "6f6d70" : "000000") : undefined,
    glasses: next() < 0.2 + (person.age > 55 ? 0.25 : 0) ? pick(next, GLASSES) : undefined,
    flip: next() < 0.4,
  };
}

function suitsAge(head, age) {
  return head.startsWith("noHair") ? age >= 45 : head.startsWith("mohawk") ? age < 32 : true;
}

/** The head that was wished for, else the one used least so far among those that suit. */
function chooseHead(person, next, used, attempt) {
  const { gender, skin, wishes } = person.look;
  const wished = wishes.find((wish) => wish !== "beard" && wish !== "curly");
  if (wished) {
    return wished;
  }
  const kind = person.age >= 60 ? "old" : skin >= 6 || wishes.includes("curly") ? "curly" : "straight";
  const pool = shuffled(next, HEADS[gender][kind]).filter((head) => suitsAge(head, person.age));
  if (attempt > 20) {
    return pool[0];
  }
  return pool.reduce((least, head) => ((used.get(head) ?? 0) < (used.get(least) ?? 0) ? head : least));
}
