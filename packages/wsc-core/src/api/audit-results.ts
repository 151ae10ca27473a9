/** Outcome of an action. The intent is written before the effect; the outcome is a separate entry. */
export const auditResults = ["intent", "allowed", "denied", "failed"] as const;
export type AuditResult = (typeof auditResults)[number];
