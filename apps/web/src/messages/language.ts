import { type Language, languages } from "@wsc-dashboard/wsc-core";
import type { Messages } from "./en.ts";

export { type Language, languages };

/** Each language calls itself by its own name. */
export const languageNames: Readonly<Record<Language, string>> = { ko: "한국어", ja: "日本語", en: "English" };

export function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text);
}

/** The first of the browser's languages that we speak, else English. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split("-")[0];
    if (isLanguage(base)) return base;
  }
  return "en";
}

const loaders: Readonly<Record<Language, () => Promise<Messages>>> = {
  ko: async () => (await import("./ko.ts")).ko,
  ja: async () => (await import("./ja.ts")).ja,
  en: async () => (await import("./en.ts")).en,
};

/** Only the language in use is ever fetched. */
export function loadMessages(language: Language): Promise<Messages> {
  return loaders[language]();
}
