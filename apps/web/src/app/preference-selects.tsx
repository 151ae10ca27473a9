import { useId } from "react";
import { isLanguage, languageNames, languages } from "../messages/language.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { themes } from "./preferences.ts";
import { usePreferences } from "./preferences-context.tsx";

interface SelectProps {
  /** Visible label in the menu; in the bar the label is only for screen readers. */
  readonly isLabelled?: boolean;
}

export function LanguageSelect({ isLabelled = false }: SelectProps) {
  const { shell } = useMessages();
  const { language, setLanguage } = usePreferences();
  const id = useId();
  return (
    <div className={isLabelled ? "field" : "bar-select"}>
      <label htmlFor={id} className={isLabelled ? "label" : "visually-hidden"}>
        {shell.language}
      </label>
      <select
        id={id}
        className="select"
        value={language}
        onChange={({ target }) => {
          if (isLanguage(target.value)) setLanguage(target.value);
        }}
      >
        {languages.map((code) => (
          <option key={code} value={code} lang={code}>
            {languageNames[code]}
          </option>
        ))}
      </select>
    </div>
  );
}

export function ThemeSelect({ isLabelled = false }: SelectProps) {
  const { shell } = useMessages();
  const { theme, setTheme } = usePreferences();
  const id = useId();
  return (
    <div className={isLabelled ? "field" : "bar-select"}>
      <label htmlFor={id} className={isLabelled ? "label" : "visually-hidden"}>
        {shell.theme}
      </label>
      <select
        id={id}
        className="select"
        value={theme}
        onChange={({ target }) => setTheme(themes.find((known) => known === target.value) ?? "system")}
      >
        {themes.map((name) => (
          <option key={name} value={name}>
            {shell.themes[name]}
          </option>
        ))}
      </select>
    </div>
  );
}
