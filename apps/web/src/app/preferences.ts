import { isTimeZone } from "@wsc-dashboard/wsc-core";
import { isLanguage, type Language, preferredLanguage } from "../messages/language.ts";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const yearSeconds = 31_536_000;

/** Language and theme are kept in cookies because the server renders the first frame with them. */
export function readCookie(cookies: string, name: string): string | undefined {
  for (const pair of cookies.split(";")) {
    const [key, value] = pair.split("=");
    if (key?.trim() === name) return value?.trim();
  }
  return undefined;
}

function writeCookie(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve
  document.cookie = `${name}=${value}; Path=/; Max-Age=${yearSeconds}; SameSite=Strict${secure}`;
}

export function storedLanguage(): Language {
  const stored = readCookie(document.cookie, "wsc_lang");
  return isLanguage(stored) ? stored : preferredLanguage(navigator.languages);
}

export function storeLanguage(language: Language): void {
  writeCookie("wsc_lang", language);
}

export function storedTheme(): Theme {
  const stored = readCookie(document.cookie, "wsc_theme");
  return themes.find((theme) => theme === stored) ?? "system";
}

export function storeTheme(theme: Theme): void {
  writeCookie("wsc_theme", theme);
  applyTheme(theme);
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** The chosen time zone for display; `null` for that of the dashboard. */
export function storedZone(): string | null {
  const stored = readCookie(document.cookie, "wsc_zone");
  return stored !== undefined && isTimeZone(stored) ? stored : null;
}

export function storeZone(zone: string | null): void {
  writeCookie("wsc_zone", zone ?? "");
}

const keysName = "wsc_keys";

/** Whether single-key shortcuts are on; the default, also when the browser stores nothing. */
export function storedKeys(): boolean {
  try {
    return localStorage.getItem(keysName) !== "off";
  } catch {
    return true;
  }
}

export function storeKeys(isOn: boolean): void {
  try {
    localStorage.setItem(keysName, isOn ? "on" : "off");
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
