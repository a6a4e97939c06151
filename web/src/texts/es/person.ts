import type { Texts } from "../en";

export const person: Texts["person"] = {
  title: "Perfil",
};
