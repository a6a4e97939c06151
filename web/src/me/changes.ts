import type { Schemas } from "../api/client";
import type { Texts } from "../texts";

type Own = Schemas["OwnCard"];

/** What the form holds. */
export type Draft = {
  display_name: string;
  bio: string;
  hobbies: string[];
  interests: string[];
  location: string;
  birth_date: string;
};

export const LONGEST_NAME = 50;
export const LONGEST_BIO = 1000;
const ADULT = 18;

export function draftOf(own: Own): Draft {
  return {
    display_name: own.display_name,
    bio: own.bio,
    hobbies: [...own.hobbies],
    interests: [...own.interests],
    location: own.location ?? "",
    birth_date: own.birth_date ?? "",
  };
}

/** Only what differs: what another tab changed meanwhile stays. */
export function changesOf(before: Draft, now: Draft): Partial<Draft> {
  const changed = (Object.keys(now) as (keyof Draft)[]).filter(
    (key) => JSON.stringify(now[key]) !== JSON.stringify(before[key]),
  );
  return Object.fromEntries(changed.map((key) => [key, now[key]]));
}

/** The length as the server counts it. */
export const lengthOf = (text: string) => [...text.normalize("NFC")].length;

/** What can be told before the server is asked. */
export function problemsOf(draft: Draft, me: Texts["me"]["form"], number: (value: number) => string, now = new Date()) {
  const problems: Partial<Record<keyof Draft, string>> = {};
  const name = draft.display_name.trim();
  if (name === "") problems.display_name = me.nameMissing;
  else if (lengthOf(name) > LONGEST_NAME) problems.display_name = me.tooLong(number(LONGEST_NAME));
  const over = lengthOf(draft.bio.trim()) - LONGEST_BIO;
  if (over > 0) problems.bio = me.bioOver(number(over));
  if (draft.birth_date !== "" && !isAdult(draft.birth_date, now)) problems.birth_date = me.young;
  return problems;
}

/** Whether the 18th birthday has come, by the calendar. */
export function isAdult(birthDate: string, now: Date): boolean {
  const [year = 0, month = 0, day = 0] = birthDate.split("-").map(Number);
  const birthday = new Date(year + ADULT, month - 1, day);
  return birthday <= now;
}
