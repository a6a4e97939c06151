export const person = {
  title: "Profile",
};
