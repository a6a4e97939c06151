/** The last word of a sentence with its full stop: "Priya S." brings its own. */
export const stop = (word: string) => (/[.!?…]$/u.test(word) ? word : `${word}.`);
