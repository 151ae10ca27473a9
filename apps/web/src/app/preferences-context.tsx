import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { Messages } from "../messages/en.ts";
import { type Language, loadMessages } from "../messages/language.ts";
import { WordingContext } from "../messages/messages-context.tsx";
import { createWording } from "../messages/wording.ts";
import { storedKeys, storedTheme, storeKeys, storeLanguage, storeTheme, type Theme } from "./preferences.ts";

interface Preferences {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
  readonly areKeysOn: boolean;
  readonly setKeysOn: (isOn: boolean) => void;
}

const PreferencesContext = createContext<Preferences | null>(null);

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (preferences === null) throw new Error("usePreferences outside of its provider");
  return preferences;
}

interface ProviderProps {
  readonly initial: { readonly language: Language; readonly messages: Messages };
  readonly children: ReactNode;
}

/** Language, theme and keys: applied at once, remembered for a year. */
export function PreferencesProvider({ initial, children }: ProviderProps) {
  const [worded, setWorded] = useState(initial);
  const [theme, setTheme] = useState(storedTheme);
  const [areKeysOn, setKeysOn] = useState(storedKeys);
  const { language, messages } = worded;
  const wording = useMemo(() => createWording(language, messages), [language, messages]);
  const preferences = useMemo<Preferences>(
    () => ({
      language,
      theme,
      areKeysOn,
      setLanguage: (next) => {
        void loadMessages(next).then((nextMessages) => {
          storeLanguage(next);
          document.documentElement.lang = next;
          setWorded({ language: next, messages: nextMessages });
        });
      },
      setTheme: (next) => {
        storeTheme(next);
        setTheme(next);
      },
      setKeysOn: (isOn) => {
        storeKeys(isOn);
        setKeysOn(isOn);
      },
    }),
    [language, theme, areKeysOn],
  );
  return (
    <PreferencesContext value={preferences}>
      <WordingContext value={wording}>{children}</WordingContext>
    </PreferencesContext>
  );
}
