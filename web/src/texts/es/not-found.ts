import type { Texts } from "../en";

export const notFound: Texts["notFound"] = {
  title: "Esta página no existe",
  text: "Puede que la dirección esté mal escrita, o que ya no esté lo que había aquí.",
  home: "Ir al inicio",
};
