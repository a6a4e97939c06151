export const login = {
  title: "Welcome back",
  username: "Username or email",
  password: "Password",
  submit: "Log in",
  submitting: "Logging in…",
  noAccount: "New here?",
  create: "Create an account",
  nameMissing: "Please type your username or your confirmed email address.",
  passwordMissing: "Please type your password.",
  wrong: "That name and password don’t belong together. Please check both.",
  restored: "Your account is back: everything is as it was.",
  nextNote: "Log in, and you come back to where you were.",
};
