import type { Texts } from "../en";

export const photos: Texts["photos"] = {
  title: "Tus fotos",
};
