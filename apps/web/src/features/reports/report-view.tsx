import { type Report, targetHostOf } from "@wsc-dashboard/wsc-core";
import { memo, useContext, useMemo } from "react";
import { useSession } from "../../api/session-query.ts";
import { HelpLink } from "../../domain-ui/help-link.tsx";
import { reportExpiryTone } from "../../domain-ui/report-expiry-tone.ts";
import { TargetHeading } from "../../domain-ui/target-text.tsx";
import { daysUntil } from "../../messages/formats.ts";
import { useFormats, useMessages, WordingContext } from "../../messages/messages-context.tsx";
import { useNow } from "../../ui/hooks.ts";
import { Kicker } from "../../ui/page-head.tsx";
import { usePageMargins } from "../../ui/page-margins.ts";
import { PlainText, withVisibleControls } from "../../ui/plain-text.tsx";
import { VerdictProvider } from "../../verdicts/verdict-context.tsx";
import { FindingsSection } from "./findings-section.tsx";
import { maxInFull, type PrintChoice } from "./print-choice.ts";
import { ReportActions } from "./report-actions.tsx";
import { ReportScope } from "./report-scope.tsx";
import { ReportSummary } from "./report-summary.tsx";
import { RiskTable } from "./risk-table.tsx";
import { Unrecognised } from "./unrecognised.tsx";
import { useFoundLevels } from "./use-found-levels.ts";
import { type Printing, usePrinting } from "./use-printing.ts";
import { type ReportFindings, useReportFindings } from "./use-report-findings.ts";

export function ReportView({ report }: { readonly report: Report }) {
  const { printing, print } = usePrinting(report.findings.length > maxInFull);
  const shown = useContext(WordingContext);
  const { instanceNo } = report.job;
  const instanceNos = useMemo(() => [instanceNo], [instanceNo]);
  return (
    <WordingContext value={printing?.wording ?? shown}>
      <VerdictProvider instanceNos={instanceNos}>
        <ReportSheet report={report} printing={printing} onPrint={print} />
      </VerdictProvider>
    </WordingContext>
  );
}

interface ReportSheetProps {
  readonly report: Report;
  /** The print in progress. */
  readonly printing: Printing | null;
  readonly onPrint: (choice: PrintChoice) => Promise<void>;
}

function ReportSheet({ report, printing, onPrint }: ReportSheetProps) {
  const { report: words } = useMessages();
  const formats = useFormats();
  const { timeZone, version } = useSession();
  const { instanceNo, startUrl } = report.job;
  const host = withVisibleControls(targetHostOf(startUrl));
  const findings = useReportFindings(report);
  usePageMargins({ left: `${words.kicker} · ${host} · ${instanceNo}`, right: printing?.label ?? "" });
  return (
    <div
      data-print-evidence={printing?.evidence}
      data-print-blocks={printing?.hasBlocks}
      data-print-clear={printing === null ? undefined : printing.clearItems}
    >
      <Identity report={report} findings={findings} onPrint={onPrint} />
      <ReportSummary report={report} />
      <ReportScope report={report} />
      <RiskTables report={report} />
      <ClearItems report={report} />
      <FindingsSection report={report} {...findings} printing={printing} />
      <Unrecognised fields={report.unrecognised} />
      <footer className="mt-10 border-t border-hairline pt-3 text-text-3">
        <p>{words.provenance(formats.zoned(report.asOf), version)}</p>
        <p>{words.zoneNote(timeZone + formats.bracketed(formats.zoneWord(timeZone, report.asOf)))}</p>
        <p>
          {words.digest}: <code className="mono">{report.sha256}</code>
          <br />
          {words.digestHint}
        </p>
      </footer>
    </div>
  );
}

interface IdentityProps extends Pick<ReportSheetProps, "report" | "onPrint"> {
  readonly findings: ReportFindings;
}

function Identity({ report, findings, onPrint }: IdentityProps) {
  const { report: words, jobs } = useMessages();
  const formats = useFormats();
  const now = useNow(60_000);
  const { job, expiresAt } = report;
  const days = expiresAt === null ? null : daysUntil(expiresAt, now);
  const finished = job.endedAt ?? report.reportDate;
  const memo = report.memo === "" ? job.memo : report.memo;
  return (
    <>
      <Kicker>
        {words.kicker}
        <span aria-hidden="true"> · </span>
        <span className="tabular-nums" translate="no">
          {job.instanceNo}
        </span>
      </Kicker>
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-[1_1_20rem]">
          <TargetHeading startUrl={job.startUrl} />
          <p className="flex flex-wrap gap-x-6 text-text-2 tabular-nums">
            {finished === null ? null : <span>{words.finished(formats.zoned(finished))}</span>}
            {expiresAt === null || days === null ? (
              <span>{words.limitUnknown}</span>
            ) : (
              <span className={reportExpiryTone(expiresAt, now)}>
                {words.readableUntil(formats.exact(expiresAt))}
                {/* On paper this would be wrong the next day. */}
                <span className="print:hidden">
                  {" · "}
                  <strong>{days === 0 ? jobs.lessThanADay : jobs.daysLeft(days, formats.number(days))}</strong>{" "}
                  <HelpLink topic="one-year" about={words.readableUntil(formats.date(expiresAt))} />
                </span>
              </span>
            )}
            {memo === "" ? null : (
              <span>
                {words.memo}: <PlainText text={memo} />
              </span>
            )}
          </p>
        </div>
        <ReportActions report={report} findings={findings} onPrint={onPrint} />
      </div>
    </>
  );
}

/** Depends on the report alone: not rendered again when a filter changes. */
const RiskTables = memo(function RiskTables({ report }: { readonly report: Report }) {
  const { report: words } = useMessages();
  const levels = useFoundLevels(report.findings);
  return (
    <>
      {report.byDomain.length > 0 ? (
        <RiskTable
          title={words.byDomain}
          kind="domain"
          rows={report.byDomain.map(({ domain, ...counts }) => ({ name: domain, ...counts }))}
          levels={levels.domain}
        />
      ) : null}
      {report.byItem.length > 0 ? (
        <RiskTable
          title={words.byItem}
          kind="item"
          rows={report.byItem.map(({ item, ...counts }) => ({ name: item, ...counts }))}
          levels={levels.item}
        />
      ) : null}
    </>
  );
});

/** Checks without a finding, as far as the report names them. */
const ClearItems = memo(function ClearItems({ report: { scope, findings, byItem } }: { readonly report: Report }) {
  const { report: words } = useMessages();
  const hit = new Set([
    ...findings.map(({ item }) => item),
    ...byItem.filter(({ total }) => total !== 0).map(({ item }) => item),
  ]);
  const clear = scope.items.filter((item) => !hit.has(item));
  if (clear.length === 0 || hit.size === 0) return null;
  return (
    <p className="mt-2 max-w-168 text-text-2 print:in-data-[print-clear=false]:hidden">
      {words.clearItems} <PlainText text={clear.join(", ")} />
    </p>
  );
});
