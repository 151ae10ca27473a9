import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from "react";
import { sessionQuery } from "../api/session-query.ts";
import type { Messages } from "../messages/en.ts";
import { errorTextsIn, type Language, loadMessages, onErrorTexts } from "../messages/language.ts";
import { WordingContext } from "../messages/messages-context.tsx";
import { createWording } from "../messages/wording.ts";
import {
  storedKeys,
  storedTheme,
  storedZone,
  storeKeys,
  storeLanguage,
  storeTheme,
  storeZone,
  type Theme,
} from "./preferences.ts";

interface Preferences {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
  /** The chosen time zone for display; `null` for that of the dashboard. */
  readonly zone: string | null;
  readonly setZone: (zone: string | null) => void;
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

/** Language, theme, time zone and shortcut keys: applied at once, remembered for a year. */
export function PreferencesProvider({ initial, children }: ProviderProps) {
  const [worded, setWorded] = useState(initial);
  const [theme, setTheme] = useState(storedTheme);
  const [areKeysOn, setKeysOn] = useState(storedKeys);
  const [zone, setZone] = useState(storedZone);
  // Known once the session has loaded; no time is shown before.
  const dashboardZone = useQuery({ ...sessionQuery, enabled: false }).data?.timeZone ?? "UTC";
  const { language, messages } = worded;
  const errorTexts = useSyncExternalStore(onErrorTexts, () => errorTextsIn(language));
  // Depends on `errorTexts` so that errors on screen are rendered again once their texts have loaded.
  const wording = useMemo(
    () => createWording(language, messages, zone ?? dashboardZone),
    [language, messages, zone, dashboardZone, errorTexts],
  );
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
      zone,
      setZone: (next) => {
        storeZone(next);
        setZone(next);
      },
      setKeysOn: (isOn) => {
        storeKeys(isOn);
        setKeysOn(isOn);
      },
    }),
    [language, theme, zone, areKeysOn],
  );
  return (
    <PreferencesContext value={preferences}>
      <WordingContext value={wording}>{children}</WordingContext>
    </PreferencesContext>
  );
}
