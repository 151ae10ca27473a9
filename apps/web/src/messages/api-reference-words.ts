import type { Language } from "@wsc-dashboard/wsc-core";
import { type ApiReferenceWords, apiReference as en } from "./en/api-reference.ts";
import { apiReference as ja } from "./ja/api-reference.ts";
import { apiReference as ko } from "./ko/api-reference.ts";

/** Not part of the catalogues: these come with the page that shows them. */
export const apiReferenceWords: Readonly<Record<Language, ApiReferenceWords>> = { en, ja, ko };
