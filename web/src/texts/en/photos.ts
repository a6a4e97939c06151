export const photos = {
  title: "Your photos",
};
