import type { Messages } from "./en.ts";
import { firstPage } from "./ko/first-page.ts";
import { otherPages } from "./ko/other-pages.ts";

export const ko: Messages = { ...firstPage, ...otherPages };
