export const shell = {
  again: {
    title: "Please log in again",
    text: "Your session has ended. Log in, and you go on where you were: nothing you typed is lost.",
    other: "I am somebody else",
    keptOut: "A moderator keeps this account out. Log in on the login page to read why, and to appeal.",
    toLogin: "To the login page",
    busy: "Logging in…",
  },
};
