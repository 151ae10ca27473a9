import { completeMessages } from "./complete-messages.ts";
import type { Messages } from "./en.ts";
import { refusals } from "./ko/errors.ts";
import { firstPage } from "./ko/first-page.ts";
import { otherPages } from "./ko/other-pages.ts";

export const ko: Messages = completeMessages(firstPage, refusals, otherPages);
