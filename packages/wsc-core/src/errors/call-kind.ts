/** Kinds of calls to the upstream that are paused together when they fail. createJob is none: its outbox decides when it is sent. */
export const callKinds = ["lists", "reports", "acts"] as const;
export type CallKind = (typeof callKinds)[number];
