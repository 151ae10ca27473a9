import type { Language } from "../messages/language.ts";

/**
 * Guesses the language of a text by its script: kana is Japanese, Hangul Korean, Latin letters alone English. `undefined` when
 * the script does not decide, as with Han alone.
 */
export function languageOfText(text: string): Language | undefined {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return "ja";
  if (/\p{Script=Hangul}/u.test(text)) return "ko";
  return /\p{Script=Latin}/u.test(text) && !/\p{Script=Han}/u.test(text) ? "en" : undefined;
}
