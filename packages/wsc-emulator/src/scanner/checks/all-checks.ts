import type { Check } from "./check.ts";
import { reflectedXss } from "./reflected-xss.ts";
import { ssiInjection } from "./ssi-injection.ts";

/** Every check there is, in the order they run. */
export const allChecks: readonly Check[] = [reflectedXss, ssiInjection];
