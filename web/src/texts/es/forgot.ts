import type { Texts } from "../en";

export const forgot: Texts["forgot"] = {
  title: "¿Olvidaste tu contraseña?",
  text: "Dinos tu usuario o tu correo confirmado. Te mandamos un enlace para poner una contraseña nueva.",
  name: "Usuario o correo",
  nameMissing: "Escribe tu usuario o tu correo.",
  submit: "Mándame un enlace",
  sending: "Pidiéndolo…",
  sentTitle: "Mira tu correo",
  sent: "Si existe esa cuenta y tiene un correo confirmado, el mensaje está en camino. El enlace vale una vez, durante una hora.",
  nothing:
    "¿No llega en unos minutos? Mira en el correo no deseado o revisa el nombre. A las cuentas sin correo confirmado no podemos escribirles.",
  again: "Pedirlo otra vez",
  back: "A la entrada",
  link: "¿Olvidaste tu contraseña?",
};
