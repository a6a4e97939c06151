export const hellos = {
  title: "Who said hi",
  lead: "Say hi back, and you can talk. Nobody is told about a no.",
  empty: "Nobody new has said hi yet",
  emptyText: "Those who do come first in your deck, and stand here. A photo and a few odd hobbies help.",
  toDeck: "Look at the deck",
  share: (tags: string) => `You both like ${tags}`,
  more: "Show more",
};
