import type { Texts } from "../en";

export const conversation: Texts["conversation"] = {
  writeTo: (name) => `Escribe a ${name}…`,
  message: (name) => `Mensaje para ${name}`,
  send: "Enviar",
  tooLong: (over) => `Sobran ${over} caracteres`,
  firstLines: "Primeras frases para elegir",
};
