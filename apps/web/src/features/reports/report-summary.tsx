import { type Report, severities } from "@wsc-dashboard/wsc-core";
import { memo } from "react";
import { SeverityMark } from "../../domain-ui/severity-mark.tsx";
import { SeverityStrip } from "../../domain-ui/severity-strip.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Stat, StatList } from "../../ui/stat.tsx";
import { summaryBandClass } from "../../ui/summary-band.ts";
import { VerdictCounts } from "../../verdicts/verdict-counts.tsx";
import { ChangesSincePrevious } from "./changes-since-previous.tsx";

/** How bad it is: three figures, one strip, one sentence. The figures are the vendor's. */
export const ReportSummary = memo(function ReportSummary({ report }: { readonly report: Report }) {
  const {
    report: words,
    shell: { sentenceGap },
  } = useMessages();
  const { number } = useFormats();
  const { summary, byDomain, scope } = report;
  const counts = { high: summary.high ?? 0, medium: summary.medium ?? 0, low: summary.low ?? 0 };
  const total = summary.total ?? counts.high + counts.medium + counts.low;
  const isKnown = severities.some((severity) => summary[severity] !== null) || summary.total !== null;
  const isClean = total === 0 && report.findings.length === 0;
  const hit = byDomain.filter((row) => (row.total ?? 0) > 0).length;
  const texts = [number(counts.high), number(counts.medium), number(counts.low)] as const;
  const isScopeKnown = scope.items.length > 0 && scope.scanned.length > 0;
  return (
    <section className={`${summaryBandClass} md:grid-cols-[auto_minmax(0,1fr)]`} aria-labelledby="verdict-title">
      <h2 id="verdict-title" className="sr-only">
        {words.verdict}
      </h2>
      <StatList>
        {severities.map((severity) => (
          <Stat key={severity} name={<SeverityMark severity={severity} />}>
            {summary[severity] === null ? "–" : number(summary[severity])}
          </Stat>
        ))}
      </StatList>
      <figure>
        {total > 0 && isKnown ? (
          <SeverityStrip
            counts={counts}
            scale={counts.high + counts.medium + counts.low}
            label={words.stripText(...texts)}
            tall
          />
        ) : null}
        <figcaption className="mt-2 text-text-2 [&_strong]:text-text">
          {isClean ? (
            <>
              <strong>
                {isScopeKnown ? words.clean(scope.items.length, scope.scanned.length) : words.cleanUnknown}
              </strong>
              {sentenceGap}
              {words.cleanNote}
            </>
          ) : isKnown ? (
            words.verdictSentence(total, number(total), ...texts, hit > 0 ? hit : Math.max(1, scope.scanned.length))
          ) : (
            words.countsUnknown
          )}
        </figcaption>
        <VerdictCounts findings={report.findings} />
        <ChangesSincePrevious report={report} />
      </figure>
    </section>
  );
});
