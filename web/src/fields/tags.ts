/** As many hobbies, and as many interests, as the server takes. */
export const MOST_TAGS = 20;
export const LONGEST_TAG = 40;

/** One tag as the server keeps it: small letters, single spaces. */
export function tagOf(typed: string): string {
  return typed.normalize("NFC").toLowerCase().split(/\s+/u).filter(Boolean).join(" ");
}

/** What was typed or pasted, split at commas and lines, added to what is there: no two alike, no more than fit. */
export function addTags(there: readonly string[], typed: string): string[] {
  const added = typed
    .split(/[,;\n]/u)
    .map(tagOf)
    .filter((tag) => tag !== "" && [...tag].length <= LONGEST_TAG);
  return [...new Set([...there, ...added])].slice(0, Math.max(MOST_TAGS, there.length));
}

/** The same list with or without one. */
export function toggleTag(there: readonly string[], tag: string): string[] {
  return there.includes(tag) ? there.filter((other) => other !== tag) : addTags(there, tag);
}
