/** Kinds of upstream calls that share a circuit breaker. createJob has no kind: its outbox alone decides when it is sent. */
export const callKinds = ["lists", "reports", "acts"] as const;
export type CallKind = (typeof callKinds)[number];
