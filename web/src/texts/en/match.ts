export const match = {
  title: "You both said hi",
};
