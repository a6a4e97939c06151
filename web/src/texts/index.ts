import { useSyncExternalStore } from "react";
import { en, type Texts } from "./en";

export type { Texts };
export const LANGUAGES = ["en", "es"] as const;
export type Language = (typeof LANGUAGES)[number];
/** What the setting offers; each names itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", es: "Español" };

const KEY = "friender.language";
const listeners = new Set<() => void>();
let language: Language = "en";
let texts: Texts = en;

function isLanguage(value: string | null): value is Language {
  return LANGUAGES.some((known) => known === value);
}

/** The chosen language, else the first of the browser's that we have. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(KEY);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? "en";
}

/** Loads a language and shows it; `keep` makes it the person's choice. */
export async function speak(next: Language, keep = false) {
  texts = next === "es" ? (await import("./es")).es : en;
  language = next;
  if (keep) localStorage.setItem(KEY, next);
  document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The texts in the language that is shown. */
export function useTexts(): Texts {
  return useSyncExternalStore(subscribe, () => texts);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => language);
}
