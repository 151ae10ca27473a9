/**
 * How calls of an endpoint get into the audit log. "call": an intent before and an outcome after, written around the handler.
 * "handler": the handler writes its own, together with what it changes. "none": it changes nothing. Denied calls are written
 * down in any case.
 */
export type AuditRule = "call" | "handler" | "none";

/** What an endpoint says, else: whatever is not a GET is recorded. */
export function auditRuleOf({
  audit,
  method,
}: {
  readonly audit?: AuditRule | undefined;
  readonly method: string;
}): AuditRule {
  return audit ?? (method === "GET" ? "none" : "call");
}

/** The word for an act in the audit log: `jobs.cancel` of the contract is `job.cancel` there. */
export function auditActionOf(noun: string, verb: string): string {
  return `${noun.replace(/ies$/, "y").replace(/(?<![su])s$/, "")}.${verb}`;
}
