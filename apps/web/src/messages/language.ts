import { type Language, languages } from "@wsc-dashboard/wsc-core";
import type { FirstPageMessages } from "./en/first-page.ts";
import type { OtherPageMessages } from "./en/other-pages.ts";
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

// Only the language in use is ever fetched, and of that what the first page needs apart from the rest.
const firstPages: Readonly<Record<Language, () => Promise<FirstPageMessages>>> = {
  ko: async () => (await import("./ko/first-page.ts")).firstPage,
  ja: async () => (await import("./ja/first-page.ts")).firstPage,
  en: async () => (await import("./en/first-page.ts")).firstPage,
};
const otherPages: Readonly<Record<Language, () => Promise<OtherPageMessages>>> = {
  ko: async () => (await import("./ko/other-pages.ts")).otherPages,
  ja: async () => (await import("./ja/other-pages.ts")).otherPages,
  en: async () => (await import("./en/other-pages.ts")).otherPages,
};
const otherSections: readonly (keyof OtherPageMessages)[] = [
  "audit",
  "compare",
  "create",
  "jobList",
  "overview",
  "report",
  "review",
  "schedules",
  "settings",
  "signIn",
  "target",
  "targets",
];

const pendingOtherPages = new Map<Language, Promise<OtherPageMessages>>();
const loadedOtherPages = new Map<Language, OtherPageMessages>();

/** The texts of all pages but the first, fetched once; after a failure the next call tries again. */
export function loadOtherPages(language: Language): Promise<OtherPageMessages> {
  const pending = pendingOtherPages.get(language) ?? otherPages[language]();
  pendingOtherPages.set(language, pending);
  pending.then(
    (messages) => loadedOtherPages.set(language, messages),
    () => pendingOtherPages.delete(language),
  );
  return pending;
}

/** All texts of a language. */
export async function loadMessages(language: Language): Promise<Messages> {
  const [first, others] = await Promise.all([firstPages[language](), loadOtherPages(language)]);
  return { ...first, ...others };
}

/** The texts of the first page. A component that reads any other section suspends until the rest has arrived. */
export async function loadFirstPage(language: Language): Promise<Messages> {
  const messages = { ...(await firstPages[language]()) };
  for (const section of otherSections) {
    // Thrown and not given to `use`: a component that is rendered again after `use` has to call it again, although all is loaded.
    const get = () => {
      const loaded = loadedOtherPages.get(language);
      if (loaded === undefined) throw loadOtherPages(language);
      return loaded[section];
    };
    Object.defineProperty(messages, section, { get });
  }
  return messages as Messages;
}
