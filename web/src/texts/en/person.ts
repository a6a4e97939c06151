import { stop } from "../stop";
export const person = {
  title: "Profile",
  gone: "This person isn’t here any more",
  goneText: "The account is gone or paused, or one of you blocked the other. Nobody is told which.",
  toDeck: "Look at the deck",
  hi: "Say hi",
  pass: "Pass",
  later: "Later",
  write: (name: string) => `Write to ${name}`,
  matched: (name: string) => `You and ${name} both said hi.`,
  isLater: (name: string) => `${name} waits in Later.`,
  saidHi: (name: string) => `You said hi to ${stop(name)} When ${name} says hi, too, you both hear of it.`,
  passed: (name: string) => `You passed ${stop(name)} Nobody is told.`,
  already: (name: string) => `You have decided on ${name} already.`,
  failed: (name: string, why: string) => `That didn’t reach ${stop(name)} ${why}`,
  undo: "Undo",
  notNewest: "Only your newest decision can be undone.",
};
