import { completeMessages } from "./complete-messages.ts";
import type { Messages } from "./en.ts";
import { refusals } from "./ja/errors.ts";
import { firstPage } from "./ja/first-page.ts";
import { otherPages } from "./ja/other-pages.ts";

export const ja: Messages = completeMessages(firstPage, refusals, otherPages);
