import { type Finding, severities, type Verdict, verdicts } from "@wsc-dashboard/wsc-core";
import { useMemo } from "react";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { useVerdictWords } from "../messages/verdict-words.ts";
import { isOpenIn, stateIn, useReportVerdicts } from "./verdict-context.tsx";
import { VerdictMark } from "./verdict-mark.tsx";

/** The open findings after decisions are counted; renders nothing without decisions. */
export function VerdictCounts({ findings }: { readonly findings: readonly Finding[] }) {
  const words = useVerdictWords();
  const { report, shell } = useMessages();
  const { number } = useFormats();
  const kept = useReportVerdicts();
  const counts = useMemo(
    () => (kept?.isAny ? countFindings(findings, (fingerprint) => stateIn(kept, fingerprint)) : null),
    [findings, kept],
  );
  if (counts === null || counts.open === findings.length) return null;
  const open = findings.filter(({ fingerprint }) => isOpenIn(kept, fingerprint));
  const byRisk = severities.flatMap((severity) => {
    const count = open.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [report.countOf[severity](number(count))];
  });
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>{shell.labelled(words.summary, [words.openCount(number(open.length)), ...byRisk].join(" · "))}</span>
      <ul className="flex flex-wrap gap-x-3.5 gap-y-0.5">
        {verdicts
          .filter((state) => state !== "open" && counts[state] > 0)
          .map((state) => (
            <li key={state}>
              <VerdictMark state={state} /> <span className="tabular-nums">{number(counts[state])}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}

function countFindings(
  findings: readonly Finding[],
  stateOf: (fingerprint: string) => Verdict,
): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { open: 0, "in-work": 0, "false-positive": 0, "risk-accepted": 0, fixed: 0 };
  for (const { fingerprint } of findings) counts[stateOf(fingerprint)] += 1;
  return counts;
}
