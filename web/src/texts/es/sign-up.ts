import type { Texts } from "../en";

export const signUp: Texts["signUp"] = {
  title: "Crea tu cuenta",
};
