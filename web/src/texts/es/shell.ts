import type { Texts } from "../en";

export const shell: Texts["shell"] = {
  again: {
    title: "Entra otra vez",
    text: "Tu sesión ha terminado. Entra y sigues donde estabas: no se pierde nada de lo que escribiste.",
    other: "Soy otra persona",
    keptOut: "La moderación mantiene fuera esta cuenta. Entra desde la página de entrada para leer por qué y recurrir.",
    toLogin: "A la página de entrada",
    busy: "Entrando…",
  },
};
