export const fields = {
  tags: {
    placeholder: "Type, and press Enter",
    chosen: "Chosen",
    suggestions: "Many people like",
    matching: (typed: string) => `Like “${typed}”`,
    add: (typed: string) => `Add “${typed}”`,
    added: (tag: string) => `${tag} added`,
    removed: (tag: string) => `${tag} removed`,
    full: (most: string) => `That is all that fits: ${most}. Remove one to add another.`,
    tooLong: "At most 40 characters each, please.",
  },
  zip: {
    label: "ZIP code",
    short: "A ZIP code has five digits.",
    unknown: "There is no such ZIP code. Please check the digits.",
    checking: "Looking it up…",
    unreachable: "We couldn’t look it up just now; it is checked again when you save.",
    place: (place: string, state: string) => `${place}, ${state}`,
  },
  radius: {
    label: "How far would you go?",
    reach: (about: string) => `About ${about} people`,
    reachAround: (about: string, place: string) => `About ${about} people around ${place}`,
    few: "Fewer than 10 people",
    fewAround: (place: string) => `Fewer than 10 people around ${place}`,
    unknown: "We can’t count people just now.",
  },
};
