import { Link } from "@tanstack/react-router";
import { type Comparison, severities } from "@wsc-dashboard/wsc-core";
import { useMemo } from "react";
import type { Grouping } from "../../domain-ui/finding-groups.ts";
import type { Outcome } from "../../domain-ui/outcome-mark.tsx";
import { SeverityMark } from "../../domain-ui/severity-mark.tsx";
import { SeverityStrip } from "../../domain-ui/severity-strip.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { VerdictProvider } from "../../verdicts/verdict-context.tsx";
import { comparisonText } from "./comparison-text.ts";
import { DifferenceTable } from "./difference-table.tsx";
import { OutcomeFilter } from "./outcome-filter.tsx";
import { OutcomeSection } from "./outcome-section.tsx";

const sides = ["base", "head"] as const;

interface ComparisonViewProps {
  readonly comparison: Comparison;
  /** The outcomes to show. */
  readonly shown: readonly Outcome[];
  readonly grouping: Grouping | undefined;
}

/** What changed between two runs, preceded by what limits the comparison. */
export function ComparisonView({ comparison, shown, grouping }: ComparisonViewProps) {
  const messages = useMessages();
  const { compare } = messages;
  const { number } = useFormats();
  const { fixed, remaining, notRetested } = comparison;
  const [base, head] = [comparison.base.job.instanceNo, comparison.head.job.instanceNo];
  const instanceNos = useMemo(() => [base, head], [base, head]);
  const before = fixed.length + remaining.length + notRetested.length;
  return (
    <>
      <section className="verdict compare-verdict" aria-labelledby="sentence">
        <div className="compare-sides">
          {sides.map((side) => (
            <Side key={side} side={side} comparison={comparison} />
          ))}
        </div>
        <div>
          <h2 id="sentence" className="h2">
            {compare.sentence(
              number(fixed.length),
              number(before),
              number(comparison.new.length),
              number(notRetested.length),
            )}
          </h2>
          <div className="no-print">
            <CopyButton text={comparisonText(messages, comparison)} label={compare.copyText} isWordy />
          </div>
        </div>
      </section>
      <Warnings comparison={comparison} />
      <DifferenceTable differences={comparison.differences} />
      <OutcomeFilter comparison={comparison} />
      <VerdictProvider instanceNos={instanceNos}>
        {shown.map((outcome) => (
          <OutcomeSection key={outcome} outcome={outcome} comparison={comparison} grouping={grouping} />
        ))}
      </VerdictProvider>
    </>
  );
}

interface SideProps {
  readonly side: (typeof sides)[number];
  readonly comparison: Comparison;
}

function Side({ side, comparison }: SideProps) {
  const { compare, report } = useMessages();
  const formats = useFormats();
  const { job, reportDate, summary } = comparison[side];
  const ended = job.endedAt ?? reportDate;
  const counts = { high: summary.high ?? 0, medium: summary.medium ?? 0, low: summary.low ?? 0 };
  const sum = counts.high + counts.medium + counts.low;
  const maxSum = Math.max(
    1,
    ...sides.map((one) => severities.reduce((n, name) => n + (comparison[one].summary[name] ?? 0), 0)),
  );
  return (
    <section className="compare-side" aria-labelledby={`side-${side}`}>
      <h2 id={`side-${side}`} className="muted">
        {side === "base" ? compare.earlier : compare.later}
        {ended === null ? null : `: ${formats.zoned(ended)}`}
      </h2>
      <ul className="plain-list side-figures">
        {severities.map((severity) => (
          <li key={severity}>
            <SeverityMark severity={severity} />{" "}
            <strong className="figure">{summary[severity] === null ? "–" : formats.number(summary[severity])}</strong>
          </li>
        ))}
        <li>
          <Link to="/jobs/$instanceNo/report" params={{ instanceNo: job.instanceNo }}>
            {compare.openReport(job.instanceNo)}
          </Link>
        </li>
      </ul>
      {sum === 0 ? null : (
        <SeverityStrip
          counts={counts}
          scale={maxSum}
          label={report.stripText(
            formats.number(counts.high),
            formats.number(counts.medium),
            formats.number(counts.low),
          )}
        />
      )}
    </section>
  );
}

/** Circumstances that make the comparison less reliable than it looks. */
function Warnings({ comparison: { head, coverage } }: Pick<ComparisonViewProps, "comparison">) {
  const { compare } = useMessages();
  const { number } = useFormats();
  return (
    <>
      {head.job.status.phase === "completed" ? null : <p className="note note-medium">{compare.notFinished}</p>}
      {coverage.collapsed ? (
        <p className="note note-medium">{compare.collapsed(number(coverage.head ?? 0), number(coverage.base ?? 0))}</p>
      ) : null}
    </>
  );
}
