import type { Texts } from "../en";

export const person: Texts["person"] = {
  title: "Perfil",
  gone: "Esta persona ya no está aquí",
  goneText: "La cuenta ya no existe o está en pausa, o hay un bloqueo entre vosotros. No decimos cuál.",
  toDeck: "Ir a Descubrir",
  hi: "Saludar",
  pass: "Paso",
  later: "Luego",
  write: (name) => `Escribir a ${name}`,
  matched: (name) => `${name} y tú os habéis saludado.`,
  isLater: (name) => `${name} espera en Luego.`,
  saidHi: (name) => `Has saludado a ${name}. Si te saluda también, os enteráis los dos.`,
  passed: (name) => `Has pasado de ${name}. Nadie se entera.`,
  already: (name) => `Ya has decidido sobre ${name}.`,
  failed: (name, why) => `No le ha llegado a ${name}. ${why}`,
  undo: "Deshacer",
  notNewest: "Solo se puede deshacer tu última decisión.",
};
