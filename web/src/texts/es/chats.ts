import type { Texts } from "../en";

export const chats: Texts["chats"] = {
  title: "Chats",
  newMatches: "Nuevos contactos",
  conversations: "Conversaciones",
  you: (body) => `Tú: ${body}`,
  choose: "Elige una conversación",
  chooseText: "Se abre aquí, junto a la lista.",
  emptyTitle: "Tus chats empiezan aquí",
  emptyText: "Cuando tú y otra persona os saludáis, aparecéis aquí y podéis escribiros.",
  emptyAction: "Ver quién está cerca",
  quietTitle: "Todavía nadie ha escrito",
  quietText: "Alguien tiene que empezar. Basta una pregunta sobre algo que tenéis en común.",
  more: "Mostrar conversaciones anteriores",
};
