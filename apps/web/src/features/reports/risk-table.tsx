import { Link } from "@tanstack/react-router";
import { hostMatcher, type RiskCounts, type Severity, severities } from "@wsc-dashboard/wsc-core";
import { SeverityShape } from "../../domain-ui/severity-mark.tsx";
import { SeverityStrip } from "../../domain-ui/severity-strip.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText, withVisibleControls } from "../../ui/plain-text.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import type { FoundLevels } from "./use-found-levels.ts";

interface RiskRow extends RiskCounts {
  readonly name: string;
}
interface RiskTableProps {
  readonly title: string;
  /** The property of a row; also the filter that its cells set. */
  readonly kind: "item" | "domain";
  readonly rows: readonly RiskRow[];
  readonly levels: FoundLevels;
}

/** Columns of numbers are narrow; on a phone the shapes alone head them, and their names are still read aloud. */
const countClass = "w-20 text-end whitespace-nowrap max-[30rem]:w-auto max-[30rem]:px-1.5 print:w-13";
const tintClasses = ["", "bg-neutral/7", "bg-neutral/12", "bg-neutral/17", "bg-neutral/22"] as const;

const sum = (row: RiskCounts): number => (row.high ?? 0) + (row.medium ?? 0) + (row.low ?? 0);

/** Worst first, then by number of findings; the bars of one table share a scale. */
function sorted(rows: readonly RiskRow[]): readonly RiskRow[] {
  return [...rows].sort(
    (a, b) =>
      (b.high ?? 0) - (a.high ?? 0) ||
      (b.medium ?? 0) - (a.medium ?? 0) ||
      (b.low ?? 0) - (a.low ?? 0) ||
      (b.total ?? 0) - (a.total ?? 0),
  );
}

/** The tint of a cell in four steps; the number is always shown too. */
function tintOf(count: number | null, maxCount: number): string {
  return tintClasses[count === null ? 0 : Math.ceil((count / maxCount) * 4)] ?? "";
}

/** The number of findings by severity for each domain or check. A number links to the findings it counts. */
export function RiskTable({ title, kind, rows, levels }: RiskTableProps) {
  const columns = useRiskColumns(kind, rows, levels);
  return (
    <section>
      <h2 className="text-h2 mt-9 mb-2">{title}</h2>
      <div className="relative overflow-x-auto">
        <Table caption={title} className="table" columns={columns} rows={sorted(rows)} keyOf={({ name }) => name} />
      </div>
    </section>
  );
}

function useRiskColumns(
  kind: RiskTableProps["kind"],
  rows: readonly RiskRow[],
  levels: FoundLevels,
): readonly Column<RiskRow>[] {
  const { report } = useMessages();
  const { number } = useFormats();
  const maxSum = Math.max(...rows.map(sum));
  const maxCount = Math.max(1, ...rows.flatMap((row) => severities.map((severity) => row[severity] ?? 0)));
  const countText = (count: number | null): string => (count === null ? "–" : number(count));
  const countCell = (name: string, severity: Severity | null, count: number | null) => (
    <RiskCell kind={kind} name={name} severity={severity} levels={levels}>
      {countText(count)}
    </RiskCell>
  );
  return [
    {
      key: "name",
      head: kind === "item" ? report.item : report.domain,
      cell: ({ name }) => <PlainText text={name} className="mono" />,
      className: "max-[30rem]:pe-1.5",
      isRowHeading: true,
    },
    ...severities.map(
      (severity): Column<RiskRow> => ({
        key: severity,
        head: <SeverityHead severity={severity} />,
        cell: (row) => countCell(row.name, severity, row[severity]),
        className: countClass,
        cellClassName: (row) =>
          `tabular-nums ${row[severity] === 0 ? "text-text-3" : ""} ${tintOf(row[severity], maxCount)}`,
      }),
    ),
    {
      key: "total",
      head: report.total,
      cell: (row) => countCell(row.name, null, row.total),
      className: countClass,
      cellClassName: "tabular-nums font-bold",
    },
    {
      key: "distribution",
      head: report.distribution,
      cell: (row) =>
        sum(row) === 0 ? null : (
          <SeverityStrip
            counts={{ high: row.high ?? 0, medium: row.medium ?? 0, low: row.low ?? 0 }}
            scale={maxSum}
            label={report.stripText(countText(row.high), countText(row.medium), countText(row.low))}
          />
        ),
      className: "w-[34%] max-lg:w-[22%] max-md:hidden print:w-[24%]",
      cellClassName: "py-3",
    },
  ];
}

function SeverityHead({ severity }: { readonly severity: Severity }) {
  const { report } = useMessages();
  return (
    <span className="inline-flex items-center gap-1.5">
      <SeverityShape severity={severity} />
      <span className="max-[30rem]:hidden" aria-hidden="true">
        {report.severity[severity]}
      </span>
      <span className="sr-only">{report.severityName[severity]}</span>
    </span>
  );
}

function leadsToFindings(
  levels: FoundLevels,
  kind: RiskTableProps["kind"],
  row: string,
  risk: Severity | null,
): boolean {
  const isInRow = kind === "item" ? (name: string) => name === row : hostMatcher(row);
  return [...levels].some(([name, found]) => isInRow(name) && (risk === null || found.has(risk)));
}

interface RiskCellProps {
  readonly kind: RiskTableProps["kind"];
  readonly name: string;
  /** `null` for all severities. */
  readonly severity: Severity | null;
  readonly levels: FoundLevels;
  readonly children: string;
}

/** A number of the vendor's. It is a link only where the report describes findings for it. */
function RiskCell({ kind, name, severity, levels, children }: RiskCellProps) {
  const { report } = useMessages();
  if (!leadsToFindings(levels, kind, name, severity)) return children;
  const risk = severity === null ? report.total : report.severityName[severity];
  return (
    <Link
      className="-mx-1.5 -my-0.5 inline-block min-h-6 min-w-6 px-1.5 py-0.5 text-inherit underline decoration-control decoration-1 underline-offset-[0.25em] hover:text-accent hover:decoration-current print:no-underline"
      from="/jobs/$instanceNo/report"
      to="."
      search={{ [kind]: name, ...(severity === null ? {} : { sev: severity }) }}
      hash="findings"
      aria-label={report.showCounted(withVisibleControls(name), risk, children)}
    >
      {children}
    </Link>
  );
}
