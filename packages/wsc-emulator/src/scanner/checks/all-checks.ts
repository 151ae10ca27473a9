import type { Check } from "./check.ts";
import { fileInclusion } from "./file-inclusion.ts";
import { reflectedXss } from "./reflected-xss.ts";
import { sqlInjection } from "./sql-injection.ts";
import { ssiInjection } from "./ssi-injection.ts";

/** Every check, in order of execution. */
export const allChecks: readonly Check[] = [reflectedXss, ssiInjection, sqlInjection, fileInclusion];
