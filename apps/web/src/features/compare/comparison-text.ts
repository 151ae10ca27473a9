import { bracketed, type ComparedFinding, type Comparison, type Language } from "@wsc-dashboard/wsc-core";
import { outcomes } from "../../domain-ui/outcome-mark.tsx";
import type { Messages } from "../../messages/en.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";

const signs = { new: "+", notComparable: "?", remaining: "=", fixed: "-", notRetested: "?" } as const;

/** A comparison as plain text, for a ticket or a message. */
export function comparisonText(
  { compare, report, shell }: Messages,
  language: Language,
  comparison: Comparison,
): string {
  const line = (sign: string, { severity, item, method, url, parameter }: ComparedFinding): string =>
    `${sign} ${report.severityName[severity ?? "none"]} · ${[item, method, url, parameter]
      .filter((part) => part !== null && part !== "")
      .map((part) => withVisibleControls(part ?? "").replaceAll(/\s+/g, " "))
      .join(" · ")}`;
  return [
    shell.labelled(compare.earlier, comparison.base.job.instanceNo),
    shell.labelled(compare.later, comparison.head.job.instanceNo),
    ...outcomes.flatMap((outcome) => [
      "",
      compare.outcomes[outcome] + bracketed(language, String(comparison[outcome].length)),
      ...comparison[outcome].map((finding) => line(signs[outcome], finding)),
    ]),
  ].join("\n");
}
