import type { Schemas } from "../api/client";
import type { Texts } from "../texts";

type Person = Schemas["PersonCard"];
type Own = Schemas["OwnCard"];

/** What is shown of somebody: of oneself as others see it, too. */
export type Shown = Pick<
  Person,
  "display_name" | "bio" | "hobbies" | "interests" | "shared_hobbies" | "shared_interests" | "image_urls"
> & {
  age?: number | null;
  place?: string | null;
  distance_band?: Person["distance_band"];
  last_active: Person["last_active"];
};

/** What both like, each thing once: hobbies before interests, as the server ranks neither. */
export const sharedOf = (person: Pick<Person, "shared_hobbies" | "shared_interests">): string[] => [
  ...new Set([...person.shared_hobbies, ...person.shared_interests]),
];

/** Place with its distance band, in one line. */
export const whereOf = ({ place, distance_band }: Pick<Shown, "place" | "distance_band">, { away }: Texts["common"]) =>
  [place, distance_band && away[distance_band]].filter(Boolean).join(" · ");

/** In one line. The marks keep a name of another direction apart from the number. */
export const nameAndAge = ({ display_name, age }: Pick<Person, "display_name" | "age">): string =>
  age == null ? display_name : `\u2068${display_name}\u2069, ${age}`;

/** Oneself as a card. Others see a distance, too, each their own. */
export function asOthersSee(own: Own): Shown {
  return {
    display_name: own.display_name,
    bio: own.bio,
    hobbies: own.hobbies,
    interests: own.interests,
    shared_hobbies: [],
    shared_interests: [],
    image_urls: profileImageFirst(own.image_urls, own.profile_image_key),
    age: own.age ?? null,
    place: own.place ?? null,
    last_active: "today",
  };
}

/** Others see the profile image before the other photos. */
export function profileImageFirst(urls: readonly string[], key: string | null | undefined): string[] {
  const isIt = (url: string) => key != null && new URL(url, location.origin).pathname.endsWith(`/${key}`);
  return [...urls.filter(isIt), ...urls.filter((url) => !isIt(url))];
}
