import { stop } from "../stop";
export const match = {
  title: (name: string) => `You and ${name} both said hi`,
  share: (things: string) => `You share ${stop(things)}`,
  easyWay: "An easy way in:",
  keepLooking: "Keep looking",
  goneTitle: "This match has ended",
  goneText: "It was ended by one of you. Others are waiting to be found.",
};
