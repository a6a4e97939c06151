import type { Texts } from "../en";

export const landing: Texts["landing"] = {
  title: "Amistades cerca, con tus mismos gustos",
  lead: "Friender te enseña personas de tu zona, una a una. Os saludáis los dos y ya podéis hablar. Nada más.",
  start: "Buscar amistades",
  have: "Ya tengo cuenta",
  points: [
    {
      title: "Primero, lo que compartís",
      text: "Escalada, masa madre, juegos de mesa: lo raro une a la gente adecuada.",
    },
    {
      title: "Solo una distancia aproximada",
      text: "Usamos el código postal que nos das, nunca tu posición. Los demás ven un tramo de millas.",
    },
    { title: "De un no, nadie se entera", text: "Saluda o pasa. Solo si os saludáis los dos, lo sabréis los dos." },
  ],
  sampleName: "Ana",
  sampleAge: "31",
  samplePlace: "cerca de ti",
  sampleShared: ["Escalada", "Jazz"],
  sampleOther: "Masa madre",
  sampleLabel: "Así es una tarjeta",
  openSource: "Código abierto, sin anuncios, para mayores de 18 años.",
};
