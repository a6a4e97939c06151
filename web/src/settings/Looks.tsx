import { useState } from "react";
import { Choice } from "../design/Choice";
import { chosenTheme, showTheme, type Theme } from "../design/theme";
import { LANGUAGE_NAMES, LANGUAGES, speak, useLanguage } from "../texts";
import { Sheet } from "./Group";
import { useTexts } from "./words";

/** Theme and language, on this device. */
export function Looks() {
  const { settings } = useTexts();
  const { theme, themes, language } = settings.looks;
  const [chosen, choose] = useState(chosenTheme);
  const spoken = useLanguage();
  const pick = (next: Theme) => {
    showTheme(next);
    choose(next);
  };
  return (
    <Sheet>
      <div>
        <Choice
          legend={theme}
          value={chosen}
          options={[
            { value: "system", name: themes.system },
            { value: "light", name: themes.light },
            { value: "dark", name: themes.dark },
          ]}
          onChange={pick}
        />
      </div>
      <div>
        <Choice
          legend={language}
          value={spoken}
          options={LANGUAGES.map((value) => ({ value, name: LANGUAGE_NAMES[value] }))}
          onChange={(next) => void speak(next, true)}
        />
      </div>
    </Sheet>
  );
}
