/**
 * How calls of an endpoint are recorded in the audit log. "call": an intent before and an outcome after, written around the
 * handler. "handler": the handler writes its own entry, together with its change. "none": the endpoint changes nothing. Denied
 * calls are always recorded.
 */
export type AuditRule = "call" | "handler" | "none";

/** Returns the endpoint's own rule; by default every method but GET is recorded. */
export function auditRuleOf({
  audit,
  method,
}: {
  readonly audit?: AuditRule | undefined;
  readonly method: string;
}): AuditRule {
  return audit ?? (method === "GET" ? "none" : "call");
}

/** Returns the action name of the audit log: `jobs.cancel` of the contract becomes `job.cancel`. */
export function auditActionOf(noun: string, verb: string): string {
  return `${noun.replace(/ies$/, "y").replace(/(?<![su])s$/, "")}.${verb}`;
}
