import { Link } from "@tanstack/react-router";
import { severities, type Target } from "@wsc-dashboard/wsc-core";
import type { ReactNode } from "react";
import { ChangeLink } from "../../domain-ui/change-link.tsx";
import { RiskCount } from "../../domain-ui/risk-count.tsx";
import { SeverityShape } from "../../domain-ui/severity-mark.tsx";
import { TrendLine } from "../../domain-ui/trend-line.tsx";
import { useMessages } from "../../messages/messages-context.tsx";
import { useTargetDetailWords } from "../../messages/use-target-detail-words.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { SelectAllBox, SelectBox } from "../../ui/select-box.tsx";
import type { Selection } from "../../ui/use-selection.ts";
import { DetailLine } from "./detail-line.tsx";
import { HostLink, LastScan, NextScan, RescanCell } from "./target-cells.tsx";
import type { SignedOrder, TargetOrder, TargetSearch } from "./target-search.ts";

/** Orders that start descending. */
const downFirst: ReadonlySet<TargetOrder> = new Set(["high", "medium", "low", "change", "last"]);

interface SortHeadProps {
  readonly order: TargetOrder;
  readonly search: TargetSearch;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A sortable column head: one direction, then the other, then the default. */
function SortHead({ order, search, className, children }: SortHeadProps) {
  const { page: _, sort, ...rest } = search;
  const [first, second]: readonly SignedOrder[] = downFirst.has(order) ? [`-${order}`, order] : [order, `-${order}`];
  const next = sort === first ? second : sort === second ? undefined : first;
  const isSorted = sort === order || sort === `-${order}`;
  const isDown = sort === `-${order}`;
  return (
    <th scope="col" className={className} aria-sort={isSorted ? (isDown ? "descending" : "ascending") : undefined}>
      <Link
        className={`inline-flex items-center gap-1.5 -my-0.5 py-0.5 text-inherit no-underline hover:text-text hover:underline ${isSorted ? "font-bold text-text" : ""}`}
        to="/targets"
        search={{ ...rest, ...(next === undefined ? {} : { sort: next }) }}
        replace
      >
        {children}
        {isSorted ? <span aria-hidden="true">{isDown ? "↓" : "↑"}</span> : null}
      </Link>
    </th>
  );
}

const selectCellClass = "w-9 pe-0 print:hidden";

interface TargetRowsProps {
  readonly targets: readonly Target[];
  readonly search: TargetSearch;
  readonly selection: Selection<Target>;
}

/** One row of 40 px for each target. */
export function TargetTable({ targets, search, selection }: TargetRowsProps) {
  const { targets: words, report } = useMessages();
  const details = useTargetDetailWords();
  return (
    <table className="table target-table">
      <caption className="sr-only">{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col" className={selectCellClass}>
            <SelectAllBox
              label={details.selectPage}
              chosen={targets.filter(({ host }) => selection.has(host)).length}
              count={targets.length}
              onToggle={() => selection.toggleAll(targets)}
              isClose
            />
          </th>
          <SortHead order="host" search={search}>
            {words.target}
          </SortHead>
          {severities.map((severity) => (
            <SortHead key={severity} order={severity} search={search} className="text-end whitespace-nowrap">
              <SeverityShape severity={severity} />
              {report.severity[severity]}
            </SortHead>
          ))}
          <SortHead order="change" search={search}>
            {words.change}
          </SortHead>
          <th scope="col" className="max-lg:hidden">
            {words.trend}
          </th>
          <SortHead order="last" search={search}>
            {words.lastScan}
          </SortHead>
          <SortHead order="next" search={search} className="max-lg:hidden">
            {words.next}
          </SortHead>
          <SortHead order="rescan" search={search} className="max-xl:hidden">
            {words.rescan}
          </SortHead>
        </tr>
      </thead>
      <tbody>
        {targets.map((target) => (
          <TargetRow key={target.host} target={target} selection={selection} />
        ))}
      </tbody>
    </table>
  );
}

interface TargetRowProps {
  readonly target: Target;
  readonly selection: Selection<Target>;
}

/** The checkbox that selects a target. */
function SelectTarget({ target: { host }, selection }: TargetRowProps) {
  const words = useTargetDetailWords();
  return (
    <SelectBox
      label={words.select(withVisibleControls(host))}
      isChosen={selection.has(host)}
      onToggle={() => selection.toggle(host)}
      isClose
    />
  );
}

function TargetRow({ target, selection }: TargetRowProps) {
  const { host, details, lastJob, latest } = target;
  return (
    <tr className={selection.has(host) ? "bg-selected" : undefined}>
      <td className={selectCellClass}>
        <SelectTarget target={target} selection={selection} />
      </td>
      <th scope="row" className="max-xl:w-[26%]">
        <HostLink host={host} />
        <DetailLine details={details} />
      </th>
      {severities.map((severity) => (
        <td key={severity} className="text-end whitespace-nowrap tabular-nums">
          {latest === null ? (
            <span className="text-text-3">–</span>
          ) : (
            <RiskCount
              count={latest.open[severity]}
              isOpenOnly={latest.open[severity] !== latest[severity]}
              of={{ instanceNo: latest.instanceNo, severity }}
            />
          )}
        </td>
      ))}
      <td className="whitespace-nowrap">
        <ReportChange target={target} />
      </td>
      <td className="max-lg:hidden">
        <TrendLine points={target.trend} />
      </td>
      <td className="xl:whitespace-nowrap">
        <LastScan lastJob={lastJob} />
      </td>
      <td className="whitespace-nowrap max-lg:hidden">
        <NextScan next={target.next} />
      </td>
      <td className="whitespace-nowrap max-xl:hidden">
        <RescanCell target={target} />
      </td>
    </tr>
  );
}

/** The comparison of the newest report, or why there is none. */
function ReportChange({ target: { latest, latestState, change, notComparable } }: { readonly target: Target }) {
  const { targets: words } = useMessages();
  if (latest !== null) return <ChangeLink head={latest.instanceNo} change={change} notComparable={notComparable} />;
  if (latestState === "failed") return <span className="text-medium-text">{words.reportStates.failed}</span>;
  return <span className="text-text-3">{latestState === "waiting" ? words.reportStates.waiting : words.noReport}</span>;
}

/** The list for narrow screens, where a table does not fit. */
export function TargetBlocks({ targets, selection }: Omit<TargetRowsProps, "search">) {
  const { targets: words } = useMessages();
  return (
    <ul className="m-0 list-none p-0" aria-label={words.caption}>
      {targets.map((target) => (
        <TargetBlock key={target.host} target={target} selection={selection} />
      ))}
    </ul>
  );
}

function TargetBlock({ target, selection }: TargetRowProps) {
  const { host, details, lastJob, latest } = target;
  return (
    <li className="grid gap-1 border-b border-hairline py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="inline-flex min-w-0 items-center gap-x-1">
          <SelectTarget target={target} selection={selection} />
          <HostLink host={host} />
        </span>
        <span className="ms-auto">
          <LastScan lastJob={lastJob} />
        </span>
      </div>
      <DetailLine details={details} />
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        {latest === null ? null : (
          <span className="inline-flex gap-2 tabular-nums">
            {severities.map((severity) => (
              <span key={severity} className="inline-flex min-w-13 items-center gap-1">
                <SeverityShape severity={severity} />
                <RiskCount
                  count={latest.open[severity]}
                  isOpenOnly={latest.open[severity] !== latest[severity]}
                  of={{ instanceNo: latest.instanceNo, severity }}
                />
              </span>
            ))}
          </span>
        )}
        <ReportChange target={target} />
      </div>
    </li>
  );
}
