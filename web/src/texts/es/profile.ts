import type { Texts } from "../en";

export const profile: Texts["profile"] = {
  previousPhoto: "Foto anterior",
  nextPhoto: "Foto siguiente",
  photo: (name, number, of) => `${name}, foto ${number} de ${of}`,
  noPhoto: (name) => `${name} aún no tiene foto`,
  shared: "Os gusta a los dos",
  hobbies: "Aficiones",
  interests: "Intereses",
};
