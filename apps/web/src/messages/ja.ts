import type { Messages } from "./en.ts";
import { firstPage } from "./ja/first-page.ts";
import { otherPages } from "./ja/other-pages.ts";

export const ja: Messages = { ...firstPage, ...otherPages };
