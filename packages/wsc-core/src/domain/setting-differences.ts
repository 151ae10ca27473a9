import { type ComparedRun, type ComparedSetting, type Comparison, comparedSettings } from "./comparison.ts";

/** The settings of a run; `null` when unknown. `signIn` is ["used"] or []. */
function settingsOf({ report, speed }: ComparedRun): Readonly<Record<ComparedSetting, readonly string[] | null>> {
  const { scope, job } = report;
  const known = (value: string | null): readonly string[] | null => (value === null ? null : [value]);
  return {
    items: scope.items.length === 0 ? null : scope.items,
    signIn: scope.signInUsed ? ["used"] : [],
    exclusions: scope.excluded,
    scannedHosts: scope.scanned.length === 0 ? null : scope.scanned,
    startUrl: known(scope.target ?? job.startUrl),
    userAgent: known(scope.userAgent),
    speed: known(speed),
    coverage: known(job.crawlCount === null ? null : String(job.crawlCount)),
  };
}

const keyOf = (values: readonly string[] | null): string =>
  values === null ? "" : JSON.stringify(values.map((value) => value.trim().toLowerCase()).toSorted());

/** Returns the settings in which two runs differ, ignoring order and case. */
export function settingDifferences(base: ComparedRun, head: ComparedRun): Comparison["differences"] {
  const before = settingsOf(base);
  const after = settingsOf(head);
  return comparedSettings
    .filter((setting) => keyOf(before[setting]) !== keyOf(after[setting]))
    .map((setting) => ({
      setting,
      base: before[setting] === null ? null : [...before[setting]],
      head: after[setting] === null ? null : [...after[setting]],
    }));
}
