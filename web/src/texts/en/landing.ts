export const landing = {
  title: "Friends nearby who like what you like",
  lead: "Friender shows you people around you, one at a time. You both say hi, then you talk. That’s all.",
  start: "Find friends",
  have: "I have an account",
  points: [
    {
      title: "What you share comes first",
      text: "Climbing, sourdough, board games: the odd ones bring the right people together.",
    },
    {
      title: "Only a rough distance",
      text: "We use the ZIP code you give us, never your position. Others see a band of miles.",
    },
    { title: "Nobody is told about a no", text: "Say hi or pass. Only when both say hi, both hear of it." },
  ],
  sampleName: "Ana",
  sampleAge: "31",
  samplePlace: "near you",
  sampleShared: ["Climbing", "Jazz"],
  sampleOther: "Sourdough",
  sampleLabel: "How a card looks",
  openSource: "Open source, without ads, for adults from 18 years.",
};
