export const chats = {
  title: "Chats",
  newMatches: "New matches",
  conversations: "Conversations",
  you: (body: string) => `You: ${body}`,
  choose: "Choose a conversation",
  chooseText: "It opens here, beside the list.",
  emptyTitle: "Your chats start here",
  emptyText: "When you and somebody both say hi, you find each other here and can write.",
  emptyAction: "Look who is near",
  quietTitle: "Nobody has written yet",
  quietText: "One of you has to begin. A question about what you share is enough.",
  more: "Show older conversations",
};
