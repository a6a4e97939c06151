export const chats = {
  title: "Chats",
};
