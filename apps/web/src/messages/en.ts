import { completeMessages } from "./complete-messages.ts";
import { refusals } from "./en/errors.ts";
import { firstPage } from "./en/first-page.ts";
import { otherPages } from "./en/other-pages.ts";

/** The English catalogue gives the shape; the others have to match it to compile. */
export const en = completeMessages(firstPage, refusals, otherPages);
export type Messages = typeof en;
