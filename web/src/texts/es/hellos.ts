import type { Texts } from "../en";

export const hellos: Texts["hellos"] = {
  title: "Quién te ha saludado",
  lead: "Devuelve el saludo y podéis hablar. Nadie se entera de un no.",
  empty: "Aún no te ha saludado nadie nuevo",
  emptyText: "Quien lo hace sale primero en Descubrir y aparece aquí. Ayudan una foto y unas aficiones raras.",
  toDeck: "Ir a Descubrir",
  share: (tags) => `Os gusta a los dos: ${tags}`,
  more: "Ver más",
};
