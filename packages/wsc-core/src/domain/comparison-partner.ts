import type { UndigestedReport } from "./report.ts";
import { foldItem } from "./retest-rule.ts";

/**
 * Why a job has no comparison. first: no earlier job of the target has a readable report. signIn, checks, scope: the setting in
 * which the latest earlier job differs. unread: an earlier report has not been read, so it is unknown.
 */
export const incomparableReasons = ["first", "signIn", "checks", "scope", "unread"] as const;
export type IncomparableReason = (typeof incomparableReasons)[number];

/** What two jobs must have in common for their difference to be meaningful. The texts are comparison keys. */
export interface ComparableSettings {
  readonly signInUsed: boolean;
  /** The checks, independent of order and spelling; empty when the report names none. */
  readonly checks: string;
  /** Start URL and exclusions. */
  readonly scope: string;
}

/** A finished job of a target whose report can be read. */
export interface ComparableJob {
  readonly instanceNo: string;
  readonly endedAt: string | null;
  /** `null` if its report has not been read. */
  readonly settings: ComparableSettings | null;
}

export interface PartnerChoice {
  /** The job to compare with; `null` when there is none. */
  readonly partner: string | null;
  /** `null` when there is a partner. */
  readonly notComparable: IncomparableReason | null;
  /** For `signIn`, `checks` and `scope` the job that differs; for `unread` the job whose report is needed. */
  readonly lookedAt: string | null;
}

const urlKey = (text: string): string => (URL.canParse(text) ? new URL(text).href : text.trim());
const listKey = (texts: readonly string[]): string => JSON.stringify([...new Set(texts)].sort());

/** Returns the settings of a report that decide what it can be compared with. */
export function comparableSettingsOf({ scope, job }: Pick<UndigestedReport, "scope" | "job">): ComparableSettings {
  const checks = scope.items.map(foldItem);
  const start = urlKey(scope.target ?? job.startUrl);
  return {
    signInUsed: scope.signInUsed,
    checks: checks.length === 0 ? "" : listKey(checks.includes("all") ? ["all"] : checks),
    scope: JSON.stringify([start, listKey(scope.excluded.map(urlKey))]),
  };
}

function differenceOf(a: ComparableSettings, b: ComparableSettings): "signIn" | "checks" | "scope" | null {
  if (a.signInUsed !== b.signInUsed) return "signIn";
  if (a.checks !== b.checks) return "checks";
  return a.scope === b.scope ? null : "scope";
}

const endOf = ({ endedAt }: ComparableJob): number => (endedAt === null ? Number.NaN : Date.parse(endedAt));

/**
 * Returns the partner of a comparison by the only rule for it: the master of a re-scan, else the latest earlier job with the same
 * sign-in, checks and scope. `others` are finished jobs of the same target with readable reports, in any order.
 */
export function choosePartner(
  head: ComparableJob,
  master: string | null,
  others: readonly ComparableJob[],
): PartnerChoice {
  const earlier = others
    .filter((job) => job.instanceNo !== head.instanceNo && endOf(job) < endOf(head))
    .sort((a, b) => endOf(b) - endOf(a));
  const chosen = earlier.find(({ instanceNo }) => instanceNo === master);
  if (chosen !== undefined) return { partner: chosen.instanceNo, notComparable: null, lookedAt: null };
  const unread = (job: ComparableJob): PartnerChoice => ({
    partner: null,
    notComparable: "unread",
    lookedAt: job.instanceNo,
  });
  if (earlier.length > 0 && head.settings === null) return unread(head);
  let latest: PartnerChoice | null = null;
  for (const job of earlier) {
    if (job.settings === null || head.settings === null) return unread(job);
    const difference = differenceOf(job.settings, head.settings);
    if (difference === null) return { partner: job.instanceNo, notComparable: null, lookedAt: null };
    latest ??= { partner: null, notComparable: difference, lookedAt: job.instanceNo };
  }
  return latest ?? { partner: null, notComparable: "first", lookedAt: null };
}
