import type { Messages } from "../apps/web/src/messages/en.ts";
import { en } from "../apps/web/src/messages/en.ts";
import { createFormats, type Formats } from "../apps/web/src/messages/formats.ts";
import { ja } from "../apps/web/src/messages/ja.ts";
import { ko } from "../apps/web/src/messages/ko.ts";
import { type Language, languages } from "../apps/web/src/messages/language.ts";

export { type Language, languages, type Messages };

/** Where the browser of the tests believes to be. Times are told in the zone of the dashboard all the same. */
export const browserZone = "UTC";

/** WSC_TIME_ZONE of the tests: its default. */
const dashboardZone = "Asia/Seoul";

const catalogues: Readonly<Record<Language, Messages>> = { ko, ja, en };

/** What the pages say: a reworded sentence never breaks a test. */
export function wordsOf(language: Language): Messages {
  return catalogues[language];
}

export function formatsOf(language: Language): Formats {
  return createFormats(language, dashboardZone, wordsOf(language).formatWords);
}
