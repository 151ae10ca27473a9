import type { Language } from "@wsc-dashboard/wsc-core";
import { tokens as en, type TokenWords } from "./en/tokens.ts";
import { tokens as ja } from "./ja/tokens.ts";
import { tokens as ko } from "./ko/tokens.ts";

/** Not part of the catalogues: these come with the pages that show them. */
export const tokenWords: Readonly<Record<Language, TokenWords>> = { en, ja, ko };
