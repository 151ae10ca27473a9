import { type Decision, type Verdict, type VerdictView, WscError } from "@wsc-dashboard/wsc-core";

/** The fields of the dialog, for all verdicts. */
export interface DecisionValues {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly owner: string;
  readonly due: string;
  readonly until: string;
}
export type DecisionField = Exclude<keyof DecisionValues, "verdict">;

/** Initial values: the current verdict of a single finding. */
export function initialValues(present: VerdictView | undefined, verdict?: Verdict): DecisionValues {
  return {
    verdict: verdict ?? present?.state ?? "false-positive",
    reason: present?.reason ?? "",
    owner: present?.owner ?? "",
    due: present?.due ?? "",
    until: present?.until ?? "",
  };
}

const requiredOf: Readonly<Record<Verdict, readonly DecisionField[]>> = {
  open: [],
  "in-work": ["owner"],
  "false-positive": ["reason"],
  "risk-accepted": ["reason", "until"],
  fixed: [],
};

export const isRequired = (verdict: Verdict, field: DecisionField): boolean => requiredOf[verdict].includes(field);

/** Required fields that are empty. */
export function missingFields(values: DecisionValues): readonly DecisionField[] {
  return requiredOf[values.verdict].filter((field) => values[field].trim() === "");
}

/** The decision from complete values. */
export function decisionOf({ verdict, reason, owner, due, until }: DecisionValues): Decision {
  const text = reason.replaceAll("\r\n", "\n").trim();
  const given = text === "" ? {} : { reason: text };
  if (verdict === "in-work") return { verdict, owner: owner.trim(), ...(due === "" ? {} : { due }), ...given };
  if (verdict === "risk-accepted") return { verdict, reason: text, until };
  if (verdict === "false-positive") return { verdict, reason: text };
  return { verdict, ...given };
}

/** The codes that the server returned for a field of the decision. */
export function codesAt(error: Error | null, field: DecisionField): string[] {
  const problems = error instanceof WscError ? (error.details.errors ?? []) : [];
  const path = `/change/decision/${field}`;
  return [...new Set(problems.filter(({ pointer }) => pointer === path).map(({ code }) => code))];
}
