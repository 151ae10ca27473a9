import { Link } from "@tanstack/react-router";
import { type Comparison, severities } from "@wsc-dashboard/wsc-core";
import { useMemo } from "react";
import type { Grouping } from "../../domain-ui/finding-groups.ts";
import type { Outcome } from "../../domain-ui/outcome-mark.tsx";
import { SeverityMark } from "../../domain-ui/severity-mark.tsx";
import { SeverityStrip } from "../../domain-ui/severity-strip.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { summaryBandClass } from "../../ui/summary-band.ts";
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
  const { number, language } = useFormats();
  const { fixed, remaining, notRetested } = comparison;
  const [base, head] = [comparison.base.job.instanceNo, comparison.head.job.instanceNo];
  const instanceNos = useMemo(() => [base, head], [base, head]);
  const before = fixed.length + remaining.length + notRetested.length;
  return (
    <>
      <section
        className={`${summaryBandClass} md:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]`}
        aria-labelledby="sentence"
      >
        <div className="grid gap-4">
          {sides.map((side) => (
            <Side key={side} side={side} comparison={comparison} />
          ))}
        </div>
        <div>
          <h2 id="sentence" className="text-h2">
            {compare.sentence(
              number(fixed.length),
              number(before),
              number(comparison.new.length),
              number(notRetested.length),
            )}
          </h2>
          <div className="mt-3 print:hidden">
            <CopyButton text={comparisonText(messages, language, comparison)} label={compare.copyText} isWordy />
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
    <section aria-labelledby={`side-${side}`}>
      <h2 id={`side-${side}`} className="text-text-3">
        {side === "base" ? compare.earlier : compare.later}
        {ended === null ? null : `: ${formats.zoned(ended)}`}
      </h2>
      <ul className="mt-1 mb-2 flex flex-wrap items-center gap-x-5 gap-y-1 [&>li]:flex [&>li]:items-center [&>li]:gap-1.5">
        {severities.map((severity) => (
          <li key={severity}>
            <SeverityMark severity={severity} />{" "}
            <strong className="tabular-nums">
              {summary[severity] === null ? "–" : formats.number(summary[severity])}
            </strong>
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
      {head.job.status.phase === "completed" ? null : (
        <Notice as="p" tone="medium">
          {compare.notFinished}
        </Notice>
      )}
      {coverage.collapsed ? (
        <Notice as="p" tone="medium">
          {compare.collapsed(number(coverage.head ?? 0), number(coverage.base ?? 0))}
        </Notice>
      ) : null}
    </>
  );
}
