/** What the match page and the chat share. */
export const conversation = {
  writeTo: (name: string) => `Write to ${name}…`,
  message: (name: string) => `Message to ${name}`,
  send: "Send",
  tooLong: (over: string) => `${over} characters too many`,
  firstLines: "First lines to choose from",
};
