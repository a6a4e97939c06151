import type { Texts } from "../en";

export const chats: Texts["chats"] = {
  title: "Chats",
};
