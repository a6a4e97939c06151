// Chance that is the same on every run: everybody gets a stream seeded by username and purpose,
// so that adding one person changes nobody else.

/** A stream of numbers in [0, 1), the same for the same name. */
export function chance(name) {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) {
    state = Math.imul(state ^ byte, 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of the list. */
export function pick(next, list) {
  return list[Math.floor(next() * list.length)];
}

/** The list in another order. */
export function shuffled(next, list) {
  const copy = [...list];
  for (let at = copy.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [copy[at], copy[other]] = [copy[other], copy[at]];
  }
  return copy;
}
