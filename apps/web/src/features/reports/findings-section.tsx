import type { Finding, Report } from "@wsc-dashboard/wsc-core";
import { useMemo } from "react";
import { type Grouping, groupFindings } from "../../domain-ui/finding-groups.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Counter } from "../../ui/counter.tsx";
import { FactList, FactRow } from "../../ui/fact-list.tsx";
import { useMediaQuery } from "../../ui/hooks.ts";
import { Notice } from "../../ui/notice.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { VendorProse } from "./finding-block.tsx";
import { FindingBrowser } from "./finding-browser.tsx";
import { FindingFilters } from "./finding-filters.tsx";
import { FindingList } from "./finding-list.tsx";
import { FindingRail } from "./finding-rail.tsx";
import { maxInFull } from "./print-choice.ts";
import { PrintedFilters } from "./printed-filters.tsx";
import { PrintedFindings } from "./printed-findings.tsx";
import { groupTitleClass } from "./report-classes.ts";
import { useCopyFinding } from "./use-copy-finding.ts";
import { useLinkedFinding } from "./use-linked-finding.ts";
import type { Printing } from "./use-printing.ts";
import type { ReportFindings } from "./use-report-findings.ts";

interface FindingsSectionProps extends ReportFindings {
  readonly report: Report;
  readonly printing: Printing | null;
}

export function FindingsSection({ report, search, sifted, changes, base, printing }: FindingsSectionProps) {
  const { report: words } = useMessages();
  const { number } = useFormats();
  const { findings, recommendations, summary } = report;
  const { found } = sifted;
  const isLong = findings.length > maxInFull;
  const hasRail = useMediaQuery("(min-width: 80rem)") && !isLong && found.length > 0;
  const grouping: Grouping = search.group ?? "severity";
  const groups = useMemo(() => groupFindings(found, grouping), [found, grouping]);
  const linked = useLinkedFinding(isLong);
  const isLinkedHidden = useIsHidden(linked, findings, sifted.isComplete ? found : findings);
  const advice = useMemo(() => new Map(recommendations.map(({ item, text }) => [item, text])), [recommendations]);
  const onCopy = useCopyFinding(advice);
  return (
    <div className={isLong ? undefined : "xl:grid xl:grid-cols-[minmax(0,1fr)_15rem] xl:gap-12"}>
      <section aria-labelledby="findings">
        <h2 id="findings" className="text-h2 mt-9 mb-2" tabIndex={-1}>
          {words.findings} <Counter>{number(findings.length)}</Counter>
        </h2>
        {summary.total !== null && summary.total !== findings.length ? (
          <p className="max-w-168 text-text-2">{words.differs(number(findings.length), number(summary.total))}</p>
        ) : null}
        {findings.length === 0 && !summary.total ? <p className="text-text-3">{words.none}</p> : null}
        {findings.length > 0 ? <FindingFilters search={search} sifted={sifted} total={findings.length} /> : null}
        <PrintedFilters search={search} shown={found.length} total={findings.length} />
        {findings.length > 0 && found.length === 0 && sifted.isComplete ? (
          <Notice as="p">{words.nothingShown}</Notice>
        ) : null}
        {isLinkedHidden ? <Notice as="p">{words.linkedHidden(linked)}</Notice> : null}
        {isLong ? (
          <FindingBrowser
            report={report}
            groups={groups}
            grouping={grouping}
            hasHosts={sifted.hasHosts}
            changes={changes}
            base={base}
            current={linked}
            advice={advice}
            onCopy={onCopy}
          />
        ) : (
          <FindingList report={report} groups={groups} grouping={grouping} advice={advice} onCopy={onCopy} />
        )}
        {printing?.hasBlocks ? (
          <PrintedFindings groups={groups} advice={advice} onCopy={onCopy} onReady={printing.onReady} />
        ) : null}
        <UnusedAdvice report={report} />
      </section>
      {hasRail ? <FindingRail findings={groups.flatMap((group) => group.findings)} current={linked} /> : null}
    </div>
  );
}

/** Whether the filters hide the finding. */
function useIsHidden(number: string, findings: readonly Finding[], found: readonly Finding[]): boolean {
  return useMemo(() => {
    const isIt = (finding: Finding): boolean => finding.number === number;
    return number !== "" && !found.some(isIt) && findings.some(isIt);
  }, [number, findings, found]);
}

/** The vendor's recommendations for checks without a described finding. */
function UnusedAdvice({ report: { findings, recommendations } }: { readonly report: Report }) {
  const { report: words } = useMessages();
  const items = useMemo(() => new Set(findings.map(({ item }) => item)), [findings]);
  const unused = recommendations.filter(({ item }) => !items.has(item));
  if (unused.length === 0) return null;
  return (
    <section>
      <h3 className={groupTitleClass}>{words.recommendations}</h3>
      <FactList isWide>
        {unused.map(({ item, text }) => (
          <FactRow key={item}>
            <dt translate="no">{withVisibleControls(item)}</dt>
            <dd>
              <VendorProse text={text} />
            </dd>
          </FactRow>
        ))}
      </FactList>
    </section>
  );
}
