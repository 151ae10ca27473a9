import type { Messages } from "../apps/web/src/messages/en.ts";
import { en } from "../apps/web/src/messages/en.ts";
import { createFormats, type Formats, zoneFor } from "../apps/web/src/messages/formats.ts";
import { ja } from "../apps/web/src/messages/ja.ts";
import { ko } from "../apps/web/src/messages/ko.ts";
import { type Language, languages } from "../apps/web/src/messages/language.ts";

export { type Language, languages, type Messages };

/** Where the browser of the tests believes to be; counts for English only. */
export const browserZone = "UTC";

const catalogues: Readonly<Record<Language, Messages>> = { ko, ja, en };

/** What the pages say: a reworded sentence never breaks a test. */
export function wordsOf(language: Language): Messages {
  return catalogues[language];
}

export function formatsOf(language: Language): Formats {
  return createFormats(language, zoneFor(language, browserZone), wordsOf(language).formatWords);
}
