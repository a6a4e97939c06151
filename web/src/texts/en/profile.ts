export const profile = {
  previousPhoto: "Previous photo",
  nextPhoto: "Next photo",
  photo: (name: string, number: string, of: string) => `${name}, photo ${number} of ${of}`,
  noPhoto: (name: string) => `${name} has no photo yet`,
  shared: "You both like",
  hobbies: "Hobbies",
  interests: "Interests",
};
