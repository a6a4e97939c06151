import { useQuery } from "@tanstack/react-query";
import type { openers } from "./en/openers";
import { type Language, useLanguage } from "./index";

export type Openers = typeof openers;

const LOAD: Record<Language, () => Promise<{ openers: Openers }>> = {
  en: () => import("./en/openers"),
  es: () => import("./es/openers"),
};

/** First lines for a conversation: loaded where one begins, because they are many. */
export function useOpeners(): Openers | undefined {
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: ["openers", language],
    queryFn: async () => (await LOAD[language]()).openers,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}
