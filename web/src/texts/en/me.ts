export const me = {
  title: "You",
};
