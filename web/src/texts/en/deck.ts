export const deck = {
  title: "People near you",
};
