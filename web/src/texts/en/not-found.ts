export const notFound = {
  title: "There is no such page",
  text: "The address may be mistyped, or what was here is gone.",
  home: "To the start",
};
