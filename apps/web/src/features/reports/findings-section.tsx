import { getRouteApi } from "@tanstack/react-router";
import { type Finding, type Report, type Severity, severities } from "@wsc-dashboard/wsc-core";
import { startTransition, useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useMediaQuery } from "../../ui/hooks.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { FindingBlock } from "./finding-block.tsx";
import { FindingFilters } from "./finding-filters.tsx";
import { type FindingGroup, groupFindings, isWanted } from "./finding-groups.ts";
import { FindingRail } from "./finding-rail.tsx";
import { type ReportGroup, readSeverities } from "./report-search.ts";

const route = getRouteApi("/jobs/$instanceNo/report");
const firstPart = 100;

export function FindingsSection({ report }: { readonly report: Report }) {
  const messages = useMessages();
  const { report: words } = messages;
  const { number } = useFormats();
  const search = route.useSearch();
  const group: ReportGroup = search.group ?? "severity";
  const text = useDeferredValue(search.q ?? "");
  const chosen = readSeverities(search.sev);
  const { findings } = report;
  const hasRail = useMediaQuery("(min-width: 80rem)");
  const mounted = useGrowingCount(findings.length);
  useScrollToHash(mounted === findings.length);
  const groups = useMemo(() => groupFindings(findings, group), [findings, group]);
  const advice = useMemo(
    () => new Map(report.recommendations.map(({ item, text: advised }) => [item, advised])),
    [report.recommendations],
  );
  const chosenText = useDeferredValue(chosen.join());
  const wanted = useMemo(() => {
    const levels = readSeverities(chosenText);
    return new Set(findings.filter((finding) => isWanted(finding, levels, text)).map((finding) => finding.number));
  }, [findings, chosenText, text]);
  const isShown = useCallback((finding: Finding) => wanted.has(finding.number), [wanted]);
  const items = new Set(findings.map(({ item }) => item));
  const unused = report.recommendations.filter(({ item }) => !items.has(item));
  const total = report.summary.total;
  let placed = 0;
  return (
    <div className="findings-frame">
      <section aria-labelledby="findings-title" className="findings">
        <h2 id="findings-title" className="h2 section-title">
          {words.findings} <span className="counter">{number(findings.length)}</span>
        </h2>
        {total !== null && total !== findings.length ? (
          <p className="hint">{words.differs(number(findings.length), number(total))}</p>
        ) : null}
        {findings.length > 0 ? <FindingFilters search={search} shown={wanted.size} total={findings.length} /> : null}
        {findings.length > 0 && wanted.size === 0 ? <p className="note">{words.nothingShown}</p> : null}
        {groups.map((part) => {
          const before = placed;
          placed += part.findings.length;
          const visible = part.findings.filter((finding) => wanted.has(finding.number)).length;
          return (
            <section key={part.key} hidden={visible === 0} className="finding-group">
              <h3 className="h3 group-title">
                <GroupName group={group} part={part} /> <span className="counter">{number(visible)}</span>
              </h3>
              {part.findings.slice(0, Math.max(0, mounted - before)).map((finding) => (
                <FindingBlock
                  key={finding.number}
                  finding={finding}
                  recommendation={advice.get(finding.item) ?? null}
                  isHidden={!wanted.has(finding.number)}
                />
              ))}
            </section>
          );
        })}
        {unused.length === 0 ? null : (
          <section>
            <h3 className="h3 group-title">{words.recommendations}</h3>
            <dl className="facts facts-wide">
              {unused.map(({ item, text: advised }) => (
                <div key={item} className="facts-row">
                  <dt translate="no">{withVisibleControls(item)}</dt>
                  <dd translate="no" dir="auto">
                    {withVisibleControls(advised)}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </section>
      {hasRail && findings.length > 0 ? <FindingRail groups={groups} isShown={isShown} count={wanted.size} /> : null}
    </div>
  );
}

function GroupName({ group, part }: { readonly group: ReportGroup; readonly part: FindingGroup }) {
  const { report } = useMessages();
  if (group === "severity") {
    const severity = severities.find((known): known is Severity => known === part.key);
    return <>{report.severityName[severity ?? "none"]}</>;
  }
  return <bdi translate="no">{part.key === "" ? report.noDomain : withVisibleControls(part.key)}</bdi>;
}

/** The first hundred at once, the rest when the browser has time: Ctrl-F, print and anchors get all of them. */
function useGrowingCount(total: number): number {
  const [isGrown, setGrown] = useState(total <= firstPart);
  useEffect(() => {
    if (!isGrown) startTransition(() => setGrown(true));
  }, [isGrown]);
  return isGrown ? total : firstPart;
}

/** A link to one finding finds it only once it is on the page. */
function useScrollToHash(isComplete: boolean): void {
  useEffect(() => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!isComplete || id === "") return;
    const target = document.getElementById(id);
    target?.scrollIntoView();
    target?.focus({ preventScroll: true });
  }, [isComplete]);
}
