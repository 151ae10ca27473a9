import { errorEntry } from "@wsc-dashboard/wsc-core";

/** Denials by a rule of the dashboard that does not depend on the person. */
const rules: ReadonlySet<string> = new Set([
  "TARGET_NOT_ALLOWED",
  "BUDGET_EXHAUSTED",
  "RESERVATIONS_EXHAUSTED",
  "SCHEDULES_EXHAUSTED",
]);

/** Whether an error means that an action was not allowed: by role, allowlist or budget. */
export function isDenial(code: string): boolean {
  const { origin, status } = errorEntry(code);
  return rules.has(code) || (origin === "dashboard" && (status === 401 || status === 403));
}
