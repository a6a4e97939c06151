import type { Texts } from "../en";
import { stop } from "../stop";

export const match: Texts["match"] = {
  title: (name) => `${name} y tú os habéis saludado`,
  share: (things) => `Tenéis en común ${stop(things)}`,
  easyWay: "Para romper el hielo:",
  keepLooking: "Seguir mirando",
  goneTitle: "Este contacto ha terminado",
  goneText: "Lo terminó uno de los dos. Hay más gente por conocer.",
};
