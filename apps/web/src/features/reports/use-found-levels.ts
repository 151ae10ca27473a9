import { type Finding, findingPlace, type Severity } from "@wsc-dashboard/wsc-core";
import { startTransition, useEffect, useMemo, useState } from "react";
import { runInSteps } from "../../ui/run-in-steps.ts";

/** The severities of the findings of each check, or of each host. */
export type FoundLevels = ReadonlyMap<string, ReadonlySet<Severity | null>>;

/** Reports with more findings are read in steps. */
const inOneStep = 150;

interface LevelsOfReport {
  readonly item: FoundLevels;
  readonly domain: FoundLevels;
}
const nothing: LevelsOfReport = { item: new Map(), domain: new Map() };

function createCollector() {
  const levels = { item: new Map<string, Set<Severity | null>>(), domain: new Map<string, Set<Severity | null>>() };
  const put = (known: Map<string, Set<Severity | null>>, name: string, severity: Severity | null): void => {
    const found = known.get(name);
    if (found === undefined) known.set(name, new Set([severity]));
    else found.add(severity);
  };
  const add = (finding: Finding): void => {
    put(levels.item, finding.item, finding.severity);
    put(levels.domain, findingPlace(finding).host, finding.severity);
  };
  return { levels, add };
}

/** The severities that a report has findings of, for each check and host. Nothing until a long report has been read. */
export function useFoundLevels(findings: readonly Finding[]): LevelsOfReport {
  const atOnce = useMemo(() => {
    if (findings.length > inOneStep) return null;
    const { levels, add } = createCollector();
    for (const finding of findings) add(finding);
    return levels;
  }, [findings]);
  const [read, setRead] = useState({ findings, levels: nothing });
  useEffect(() => {
    if (atOnce !== null) return;
    const { levels, add } = createCollector();
    return runInSteps(findings, add, () => startTransition(() => setRead({ findings, levels })));
  }, [atOnce, findings]);
  return atOnce ?? (read.findings === findings ? read.levels : nothing);
}
