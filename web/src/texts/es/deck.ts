import type { Texts } from "../en";

export const deck: Texts["deck"] = {
  title: "Gente cerca de ti",
};
