import { type Language, languages } from "@wsc-dashboard/wsc-core";
import { completeMessages } from "./complete-messages.ts";
import type { FirstPageMessages } from "./en/first-page.ts";
import type { OtherPageMessages } from "./en/other-pages.ts";
import type { Messages } from "./en.ts";
import type { ErrorTexts, RefusalTexts } from "./error-code.ts";

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
const refusals: Readonly<Record<Language, () => Promise<RefusalTexts>>> = {
  ko: async () => (await import("./ko/errors.ts")).refusals,
  ja: async () => (await import("./ja/errors.ts")).refusals,
  en: async () => (await import("./en/errors.ts")).refusals,
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

const pendingErrors = new Map<Language, Promise<void>>();
const loadedErrors = new Map<Language, ErrorTexts>();
const errorListeners = new Set<() => void>();

/** Fetches the texts of all errors, once; after a failure the next call tries again. */
export function loadErrorTexts(language: Language): Promise<void> {
  const pending =
    pendingErrors.get(language) ??
    Promise.all([firstPages[language](), refusals[language]()]).then(([{ outages }, others]) => {
      loadedErrors.set(language, { ...outages, ...others });
      for (const tell of errorListeners) tell();
    });
  pendingErrors.set(language, pending);
  pending.catch(() => pendingErrors.delete(language));
  return pending;
}

/** The texts of all errors, if they were fetched. */
export const errorTextsIn = (language: Language): ErrorTexts | undefined => loadedErrors.get(language);

/** Tells when texts of errors have come. Answers how to stop. */
export function onErrorTexts(tell: () => void): () => void {
  errorListeners.add(tell);
  return () => errorListeners.delete(tell);
}

/** All texts of a language. */
export async function loadMessages(language: Language): Promise<Messages> {
  return completeMessages(
    ...(await Promise.all([firstPages[language](), refusals[language](), loadOtherPages(language)])),
  );
}

/**
 * The texts of the first page. A component that reads any other section suspends until the rest has arrived. Of the errors those
 * of outages are there; reading them fetches the others.
 */
export async function loadFirstPage(language: Language): Promise<Messages> {
  const { outages, ...messages } = await firstPages[language]();
  Object.defineProperty(messages, "errors", {
    enumerable: true,
    get: () => {
      const loaded = loadedErrors.get(language);
      if (loaded === undefined) loadErrorTexts(language).catch(() => {});
      return loaded ?? outages;
    },
  });
  for (const section of otherSections) {
    // Thrown and not given to `use`: a component that is rendered again after `use` has to call it again, although all is loaded.
    const get = () => {
      const loaded = loadedOtherPages.get(language);
      if (loaded === undefined) throw loadOtherPages(language);
      return loaded[section];
    };
    Object.defineProperty(messages, section, { get });
  }
  return messages as unknown as Messages;
}
