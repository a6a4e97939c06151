import type { Texts } from "../en";

export const me: Texts["me"] = {
  title: "Tú",
};
