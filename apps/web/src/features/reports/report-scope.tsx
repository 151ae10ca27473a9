import { useQuery } from "@tanstack/react-query";
import type { Report } from "@wsc-dashboard/wsc-core";
import { memo } from "react";
import { predecessorQuery } from "../../api/report-query.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PlainText } from "../../ui/plain-text.tsx";

/** What was scanned and what was not: without it a result means nothing. */
export const ReportScope = memo(function ReportScope({ report }: { readonly report: Report }) {
  const { report: words } = useMessages();
  const formats = useFormats();
  const { scope, times } = report;
  const span = (from: string | null, to: string | null): string => {
    if (from === null && to === null) return words.notStated;
    const text = `${from === null ? "?" : formats.dateTime(from)} – ${to === null ? "?" : formats.zoned(to)}`;
    if (from === null || to === null || from >= to) return text;
    return words.lasting(text, formats.duration(Date.parse(to) - Date.parse(from)));
  };
  return (
    <section aria-labelledby="scope-title">
      <h2 id="scope-title" className="text-h2 mt-9 mb-2">
        {words.scope}
      </h2>
      <CoverageWarning instanceNo={report.job.instanceNo} />
      <FactList isWide>
        {scope.target === null || scope.target === report.job.startUrl ? null : (
          <>
            <dt>{words.reportedTarget}</dt>
            <dd>
              <PlainText text={scope.target} className="mono" />
            </dd>
          </>
        )}
        <dt>{words.scanned}</dt>
        <dd>
          <Texts texts={scope.scanned} />
        </dd>
        <dt>{words.notScanned}</dt>
        <dd>
          <Texts texts={scope.notScanned} />
        </dd>
        <dt>{words.excluded}</dt>
        <dd>
          <Texts texts={scope.excluded} />
        </dd>
        <dt>{words.items}</dt>
        <dd>{scope.items.length === 0 ? words.notStated : <PlainText text={scope.items.join(", ")} />}</dd>
        <dt>{words.userAgent}</dt>
        <dd>{scope.userAgent === null ? words.notStated : <PlainText text={scope.userAgent} />}</dd>
        <dt>{words.crawlTime}</dt>
        <dd>{span(times.crawlStartedAt, times.crawlEndedAt)}</dd>
        <dt>{words.scanTime}</dt>
        <dd>{span(times.scanStartedAt, times.scanEndedAt)}</dd>
        <dt>{words.signIn}</dt>
        <dd>{scope.signInUsed ? words.signInUsed : words.signInNotUsed}</dd>
      </FactList>
    </section>
  );
});

/** A run that collected far fewer URLs than the previous one may have missed what it does not report. */
function CoverageWarning({ instanceNo }: { readonly instanceNo: string }) {
  const { report: words } = useMessages();
  const { number } = useFormats();
  const coverage = useQuery(predecessorQuery(instanceNo)).data?.coverage ?? null;
  if (coverage === null || !coverage.collapsed || coverage.head === null || coverage.base === null) return null;
  return (
    <Notice as="p" tone="medium">
      {words.collapsed(number(coverage.head), number(coverage.base))}
    </Notice>
  );
}

function Texts({ texts }: { readonly texts: readonly string[] }) {
  const { report } = useMessages();
  if (texts.length === 0) return <span className="text-text-3">{report.none}</span>;
  return (
    <ul>
      {texts.map((text) => (
        <li key={text}>
          <PlainText text={text} className="mono" />
        </li>
      ))}
    </ul>
  );
}
