export const forgot = {
  title: "Forgot your password?",
  text: "Tell us your username or your confirmed email address. We mail you a link to set a new password.",
  name: "Username or email",
  nameMissing: "Please type your username or your email address.",
  submit: "Mail me a link",
  sending: "Asking…",
  sentTitle: "Look into your mailbox",
  sent: "If there is such an account with a confirmed address, a mail is on its way. Its link works once, for an hour.",
  nothing:
    "Nothing after a few minutes? Look into the spam folder, or check the name. Accounts without a confirmed address can’t be reached by mail.",
  again: "Ask again",
  back: "To the login",
  link: "Forgot your password?",
};
