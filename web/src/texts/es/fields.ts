import type { Texts } from "../en";

export const fields: Texts["fields"] = {
  tags: {
    placeholder: "Escribe y pulsa Intro",
    chosen: "Elegidos",
    suggestions: "A mucha gente le gusta",
    matching: (typed) => `Como «${typed}»`,
    add: (typed) => `Añadir «${typed}»`,
    added: (tag) => `${tag} añadido`,
    removed: (tag) => `${tag} quitado`,
    full: (most) => `No caben más: ${most}. Quita uno para añadir otro.`,
    tooLong: "Como mucho 40 letras cada uno.",
  },
  zip: {
    label: "Código postal",
    short: "Un código postal tiene cinco cifras.",
    unknown: "No existe ese código postal. Revisa las cifras.",
    checking: "Buscándolo…",
    unreachable: "Ahora no hemos podido comprobarlo; se comprueba otra vez al guardar.",
    place: (place, state) => `${place}, ${state}`,
  },
  radius: {
    label: "¿Hasta dónde irías?",
    reach: (about) => `Unas ${about} personas`,
    reachAround: (about, place) => `Unas ${about} personas cerca de ${place}`,
    few: "Menos de 10 personas",
    fewAround: (place) => `Menos de 10 personas cerca de ${place}`,
    unknown: "Ahora no podemos contar personas.",
  },
};
