import type { Language } from "@wsc-dashboard/wsc-core";
import { type DemoWords, demo as en } from "./en/demo.ts";
import { demo as ja } from "./ja/demo.ts";
import { demo as ko } from "./ko/demo.ts";

/** Not part of the catalogues: these come with the pages that show them. */
export const demoWords: Readonly<Record<Language, DemoWords>> = { en, ja, ko };
