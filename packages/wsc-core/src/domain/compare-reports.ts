import type { ComparedFinding, ComparedRun, Comparison } from "./comparison.ts";
import { coverageOf } from "./coverage.ts";
import type { Finding } from "./finding.ts";
import type { UndigestedReport } from "./report.ts";
import { createRetestRule, foldItem, isReadInFull } from "./retest-rule.ts";
import { settingDifferences } from "./setting-differences.ts";

/** Groups by fingerprint; an item in another letter case or width is the same item. */
function groupByFingerprint(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy(findings, ({ item, fingerprint }) =>
    JSON.stringify([foldItem(item), fingerprint.slice(fingerprint.indexOf("|"))]),
  );
}

function describe(first: Finding, base: readonly Finding[], head: readonly Finding[]): ComparedFinding {
  const { fingerprint, number, item, severity, method, url, parameter } = first;
  const numbers = { base: base.map((finding) => finding.number), head: head.map((finding) => finding.number) };
  return { fingerprint, number, item, severity, method, url, parameter, numbers };
}

/**
 * Compares two reports of one target by fingerprint. Each finding of either report is in exactly one list: in "new" only if the
 * earlier report was read in full, in "fixed" only if the later run certainly tested there again.
 */
export function compareReports(base: ComparedRun, head: ComparedRun): Comparison {
  const before = groupByFingerprint(base.report.findings);
  const after = groupByFingerprint(head.report.findings);
  const whyNotRetested = createRetestRule(base.report, head.report);
  const isBaseRead = isReadInFull(base.report);
  const comparison: Pick<Comparison, "new" | "notComparable" | "remaining" | "fixed" | "notRetested"> = {
    new: [],
    notComparable: [],
    remaining: [],
    fixed: [],
    notRetested: [],
  };
  for (const [identity, found] of after) {
    const known = before.get(identity) ?? [];
    const [first] = found;
    const [earlier] = known;
    if (first === undefined) continue;
    const compared = describe(first, known, found);
    if (earlier === undefined) comparison[isBaseRead ? "new" : "notComparable"].push(compared);
    else if (earlier.severity === first.severity) comparison.remaining.push(compared);
    else comparison.remaining.push({ ...compared, severityBefore: earlier.severity });
  }
  for (const [identity, known] of before) {
    const [first] = known;
    if (first === undefined || after.has(identity)) continue;
    const compared = describe(first, known, []);
    const reason = whyNotRetested(known);
    if (reason === null) comparison.fixed.push(compared);
    else comparison.notRetested.push({ ...compared, reason });
  }
  return {
    base: describeRun(base.report),
    head: describeRun(head.report),
    ...comparison,
    differences: settingDifferences(base, head),
    coverage: coverageOf(base.report.job, head.report.job),
  };
}

function describeRun({ job, reportDate, expiresAt, summary, findings }: UndigestedReport): Comparison["base"] {
  return { job, reportDate, expiresAt, summary, findingCount: findings.length };
}
