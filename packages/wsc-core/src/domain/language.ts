/** Languages of the product, in display order. Screens, reports and agreement texts exist in all of them. */
export const languages = ["ko", "ja", "en"] as const;
export type Language = (typeof languages)[number];

/** `text` in brackets of the language, to be put right after the words that it belongs to. */
export const bracketed = (language: Language, text: string): string =>
  language === "ja" ? `（${text}）` : ` (${text})`;
