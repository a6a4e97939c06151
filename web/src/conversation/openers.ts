import type { Schemas } from "../api/client";
import { sharedOf } from "../profile/shown";
import type { Openers } from "../texts/openers";

export type Liked = Pick<Schemas["PersonCard"], "hobbies" | "interests" | "shared_hobbies" | "shared_interests">;

/** Three first lines: from what both share as far as it reaches, then from what they like, then from nothing. */
export function firstLines(person: Liked, { about, onAny, general }: Openers): string[] {
  const shared = sharedOf(person);
  const known = new Map(Object.entries(about));
  const theirs = [...person.hobbies, ...person.interests].filter((thing) => !shared.includes(thing));
  const ask = (thing: string, turn: number) => onAny[turn % onAny.length]?.(thing);
  const lines = [
    ...shared.map((thing) => known.get(thing.toLowerCase())),
    ...shared.map(ask),
    ...theirs.map((thing, turn) => known.get(thing.toLowerCase()) ?? ask(thing, turn)),
    ...general,
  ].filter((line) => line !== undefined);
  return [...new Set(lines)].slice(0, 3);
}
