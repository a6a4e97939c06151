import { type Texts as SharedTexts, useLanguage, useTexts as useSharedTexts } from "../texts";
import { settings as en, type SettingsTexts } from "../texts/en/settings";
import { settings as es } from "../texts/es/settings";

export type Texts = SharedTexts & { settings: SettingsTexts };

/** With the settings' own texts, which are many and load only with their pages. */
export function useTexts(): Texts {
  const texts = useSharedTexts();
  const settings = useLanguage() === "es" ? es : en;
  return { ...texts, settings };
}
