/** Decisions about a finding. in-work and open both count as open. */
export const verdicts = ["open", "in-work", "false-positive", "risk-accepted", "fixed"] as const;
export type Verdict = (typeof verdicts)[number];
