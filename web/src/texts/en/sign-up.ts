export const signUp = {
  title: "Make an account",
};
