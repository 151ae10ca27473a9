import type { Language } from "@wsc-dashboard/wsc-core";
import { views as en, type ViewWords } from "./en/views.ts";
import { views as ja } from "./ja/views.ts";
import { views as ko } from "./ko/views.ts";

/** Not part of the catalogues: these come with the menu of views. */
export const viewWords: Readonly<Record<Language, ViewWords>> = { en, ja, ko };
