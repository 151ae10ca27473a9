import { type Report, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useSession } from "../../api/session-query.ts";
import { daysUntil } from "../../messages/formats.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useNow } from "../../ui/hooks.ts";
import { PlainText, withVisibleControls } from "../../ui/plain-text.tsx";
import { FindingsSection } from "./findings-section.tsx";
import { ReportActions } from "./report-actions.tsx";
import { ReportScope } from "./report-scope.tsx";
import { RiskTable } from "./risk-table.tsx";
import { Unrecognised } from "./unrecognised.tsx";
import { Verdict } from "./verdict.tsx";

export function ReportView({ report }: { readonly report: Report }) {
  const { report: words } = useMessages();
  const formats = useFormats();
  const { timeZone } = useSession();
  return (
    <div className="report">
      <Identity report={report} />
      <Verdict report={report} />
      <ReportScope report={report} />
      {report.byDomain.length > 0 ? (
        <RiskTable
          title={words.byDomain}
          kind="domain"
          rows={report.byDomain.map(({ domain, ...counts }) => ({ name: domain, ...counts }))}
          findings={report.findings}
        />
      ) : null}
      {report.byItem.length > 0 ? (
        <RiskTable
          title={words.byItem}
          kind="item"
          rows={report.byItem.map(({ item, ...counts }) => ({ name: item, ...counts }))}
          findings={report.findings}
        />
      ) : null}
      <ClearItems report={report} />
      <FindingsSection report={report} />
      <Unrecognised fields={report.unrecognised} />
      <footer className="provenance">
        <p>{words.provenance(formats.zoned(report.asOf))}</p>
        <p>{words.zoneNote(`${timeZone} (${formats.zoneWord(timeZone, report.asOf)})`)}</p>
      </footer>
    </div>
  );
}

function Identity({ report }: { readonly report: Report }) {
  const { report: words, jobs } = useMessages();
  const formats = useFormats();
  const now = useNow(60_000);
  const { job, expiresAt } = report;
  const days = expiresAt === null ? null : daysUntil(expiresAt, now);
  const tone = days === null || days > 30 ? "" : days <= 7 ? "tone-high" : "tone-medium";
  const finished = job.endedAt ?? report.reportDate;
  const memo = report.memo === "" ? job.memo : report.memo;
  return (
    <>
      <p className="kicker">
        {words.kicker}
        <span aria-hidden="true"> · </span>
        <span className="figure" translate="no">
          {job.instanceNo}
        </span>
      </p>
      <div className="page-head">
        <div className="head-text">
          <h1 className="h1" translate="no">
            {withVisibleControls(targetHostOf(job.startUrl))}
          </h1>
          <p className="muted">
            <PlainText text={job.startUrl} className="url" />
          </p>
          <p className="identity-line">
            {finished === null ? null : <span>{words.finished(formats.zoned(finished))}</span>}
            {expiresAt === null || days === null ? (
              <span>{words.limitUnknown}</span>
            ) : (
              <span className={tone}>
                {words.readableUntil(formats.exact(expiresAt))}
                {" · "}
                <strong>{days === 0 ? jobs.lessThanADay : jobs.daysLeft(days, formats.number(days))}</strong>
              </span>
            )}
            {memo === "" ? null : (
              <span>
                {words.memo}: <PlainText text={memo} />
              </span>
            )}
          </p>
        </div>
        <ReportActions report={report} />
      </div>
    </>
  );
}

/** Checks that ran without finding anything, as far as the report names them. */
function ClearItems({ report: { scope, findings, byItem } }: { readonly report: Report }) {
  const { report: words } = useMessages();
  const hit = new Set([
    ...findings.map(({ item }) => item),
    ...byItem.filter(({ total }) => total !== 0).map(({ item }) => item),
  ]);
  const clear = scope.items.filter((item) => !hit.has(item));
  if (clear.length === 0 || hit.size === 0) return null;
  return (
    <p className="hint clear-items">
      {words.clearItems} <PlainText text={clear.join(", ")} />
    </p>
  );
}
