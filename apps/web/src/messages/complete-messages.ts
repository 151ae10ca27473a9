import type { FirstPageMessages } from "./en/first-page.ts";
import type { OtherPageMessages } from "./en/other-pages.ts";
import type { ErrorTexts, RefusalTexts } from "./error-code.ts";

/** A language put together from the parts in which it is fetched. */
export function completeMessages(first: FirstPageMessages, refusals: RefusalTexts, others: OtherPageMessages) {
  const { outages, ...firstPage } = first;
  const errors: ErrorTexts = { ...outages, ...refusals };
  return { ...firstPage, errors, ...others };
}
