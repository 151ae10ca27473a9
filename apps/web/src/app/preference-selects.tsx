import { useId } from "react";
import { fieldClass } from "../forms/field-set.tsx";
import { isLanguage, languageNames, languages } from "../messages/language.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { Select } from "../ui/control.tsx";
import { themes } from "./preferences.ts";
import { usePreferences } from "./preferences-context.tsx";

const barSelectClass = "max-w-28! [field-sizing:content] border-transparent! bg-transparent! hover:border-control!";

interface SelectProps {
  /** Visible label in the menu; in the bar the label is only for screen readers. */
  readonly isLabelled?: boolean;
}

export function LanguageSelect({ isLabelled = false }: SelectProps) {
  const { shell } = useMessages();
  const { language, setLanguage } = usePreferences();
  const id = useId();
  return (
    <div className={isLabelled ? fieldClass : undefined}>
      <label htmlFor={id} className={isLabelled ? "block font-bold" : "sr-only"}>
        {shell.language}
      </label>
      <Select
        className={isLabelled ? "" : barSelectClass}
        id={id}
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
      </Select>
    </div>
  );
}

export function ThemeSelect({ isLabelled = false }: SelectProps) {
  const { shell } = useMessages();
  const { theme, setTheme } = usePreferences();
  const id = useId();
  return (
    <div className={isLabelled ? fieldClass : undefined}>
      <label htmlFor={id} className={isLabelled ? "block font-bold" : "sr-only"}>
        {shell.theme}
      </label>
      <Select
        className={isLabelled ? "" : barSelectClass}
        id={id}
        value={theme}
        onChange={({ target }) => setTheme(themes.find((known) => known === target.value) ?? "system")}
      >
        {themes.map((name) => (
          <option key={name} value={name}>
            {shell.themes[name]}
          </option>
        ))}
      </Select>
    </div>
  );
}
