import { getRouteApi } from "@tanstack/react-router";
import type { Report } from "@wsc-dashboard/wsc-core";
import { useDeferredValue, useMemo } from "react";
import { type Grouping, groupFindings } from "../../domain-ui/finding-groups.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useMediaQuery } from "../../ui/hooks.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { VendorProse } from "./finding-block.tsx";
import { isWanted } from "./finding-filter.ts";
import { FindingFilters } from "./finding-filters.tsx";
import { FindingList } from "./finding-list.tsx";
import { FindingRail } from "./finding-rail.tsx";
import { PrintedFilters } from "./printed-filters.tsx";
import { type ReportSearch, readSeverities } from "./report-search.ts";
import { useGrowingCount } from "./use-growing-count.ts";
import { useLinkedFinding } from "./use-linked-finding.ts";

const route = getRouteApi("/jobs/$instanceNo/report");

export function FindingsSection({ report }: { readonly report: Report }) {
  const { report: words } = useMessages();
  const { number } = useFormats();
  const search = route.useSearch();
  const { findings, recommendations, summary } = report;
  const hasRail = useMediaQuery("(min-width: 80rem)");
  const count = useGrowingCount(findings.length);
  const linked = useLinkedFinding(count === findings.length);
  const grouping: Grouping = search.group ?? "severity";
  const groups = useMemo(() => groupFindings(findings, grouping), [findings, grouping]);
  const placed = useMemo(() => groups.flatMap((group) => group.findings).slice(0, count), [groups, count]);
  // What was chosen shows at once; the findings follow when the browser has time.
  const wanted = useWantedFindings(findings, useDeferredValue(search));
  const isLinkedHidden = findings.some((finding) => finding.number === linked) && !wanted.has(linked);
  return (
    <div className="findings-frame">
      <section aria-labelledby="findings" className="findings">
        <h2 id="findings" className="h2 section-title" tabIndex={-1}>
          {words.findings} <span className="counter">{number(findings.length)}</span>
        </h2>
        {summary.total !== null && summary.total !== findings.length ? (
          <p className="hint">{words.differs(number(findings.length), number(summary.total))}</p>
        ) : null}
        {findings.length === 0 && !summary.total ? <p className="muted">{words.none}</p> : null}
        {findings.length > 0 ? <FindingFilters search={search} shown={wanted.size} total={findings.length} /> : null}
        {/* In a box of its own: what comes and goes beside the list would make the browser style thousands of rows anew. */}
        <div>
          <PrintedFilters search={search} shown={wanted.size} total={findings.length} />
          {findings.length > 0 && wanted.size === 0 ? <p className="note">{words.nothingShown}</p> : null}
          {isLinkedHidden ? <p className="note">{words.linkedHidden(linked)}</p> : null}
        </div>
        <FindingList
          groups={groups}
          grouping={grouping}
          recommendations={recommendations}
          wanted={wanted}
          count={count}
        />
        <UnusedAdvice report={report} />
      </section>
      {hasRail && findings.length > 0 ? <FindingRail findings={placed} wanted={wanted} current={linked} /> : null}
    </div>
  );
}

/** The numbers of the findings the filters let through. */
function useWantedFindings(findings: Report["findings"], { sev, item, domain, q }: ReportSearch): ReadonlySet<string> {
  return useMemo(() => {
    const filter = { levels: readSeverities(sev), item, domain, text: q ?? "" };
    return new Set(findings.filter((finding) => isWanted(finding, filter)).map((finding) => finding.number));
  }, [findings, sev, item, domain, q]);
}

/** What the vendor advises for checks it describes no finding of. */
function UnusedAdvice({ report: { findings, recommendations } }: { readonly report: Report }) {
  const { report: words } = useMessages();
  const items = new Set(findings.map(({ item }) => item));
  const unused = recommendations.filter(({ item }) => !items.has(item));
  if (unused.length === 0) return null;
  return (
    <section>
      <h3 className="h3 group-title">{words.recommendations}</h3>
      <dl className="facts facts-wide">
        {unused.map(({ item, text }) => (
          <div key={item} className="facts-row">
            <dt translate="no">{withVisibleControls(item)}</dt>
            <dd>
              <VendorProse text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
