import type { Texts } from "../en";

export const login: Texts["login"] = {
  title: "Hola de nuevo",
  username: "Usuario o correo",
  password: "Contraseña",
  submit: "Entrar",
  submitting: "Entrando…",
  noAccount: "¿Primera vez aquí?",
  create: "Crea una cuenta",
  nameMissing: "Escribe tu usuario o tu correo confirmado.",
  passwordMissing: "Escribe tu contraseña.",
  wrong: "Ese nombre y esa contraseña no van juntos. Revisa los dos.",
  restored: "Tu cuenta ha vuelto: todo está como estaba.",
  goOn: "Seguir",
  nextNote: "Entra y volverás a donde estabas.",
};
