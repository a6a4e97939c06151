import type { Texts } from "../en";

export const match: Texts["match"] = {
  title: "Os habéis saludado",
};
