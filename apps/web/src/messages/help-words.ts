import type { Language } from "@wsc-dashboard/wsc-core";
import { help as en, type HelpWords } from "./en/help.ts";
import { help as ja } from "./ja/help.ts";
import { help as ko } from "./ko/help.ts";

/** Not part of the catalogues: these come with the page and the dialogs that show them. */
export const helpWords: Readonly<Record<Language, HelpWords>> = { en, ja, ko };
