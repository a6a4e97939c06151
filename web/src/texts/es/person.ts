import type { Texts } from "../en";
import { stop } from "../stop";

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
  saidHi: (name) => `Has saludado a ${stop(name)} Si te saluda también, os enteráis los dos.`,
  passed: (name) => `Has pasado de ${stop(name)} Nadie se entera.`,
  already: (name) => `Ya has decidido sobre ${stop(name)}`,
  failed: (name, why) => `No le ha llegado a ${stop(name)} ${why}`,
  undo: "Deshacer",
  notNewest: "Solo se puede deshacer tu última decisión.",
};
