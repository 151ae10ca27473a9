import { Link } from "@tanstack/react-router";
import { type Finding, type RiskCounts, type Severity, severities } from "@wsc-dashboard/wsc-core";
import { useMemo } from "react";
import { SeverityShape } from "../../domain-ui/severity-mark.tsx";
import { SeverityStrip } from "../../domain-ui/severity-strip.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText, withVisibleControls } from "../../ui/plain-text.tsx";
import { isOnDomain } from "./finding-filter.ts";

interface RiskRow extends RiskCounts {
  readonly name: string;
}
interface RiskTableProps {
  readonly title: string;
  /** What a row is; also the filter its cells set. */
  readonly kind: "item" | "domain";
  readonly rows: readonly RiskRow[];
  readonly findings: readonly Finding[];
}

const sum = (row: RiskCounts): number => (row.high ?? 0) + (row.medium ?? 0) + (row.low ?? 0);

/** Worst first, then most; the bars of one table share a scale. */
function sorted(rows: readonly RiskRow[]): readonly RiskRow[] {
  return [...rows].sort(
    (a, b) =>
      (b.high ?? 0) - (a.high ?? 0) ||
      (b.medium ?? 0) - (a.medium ?? 0) ||
      (b.low ?? 0) - (a.low ?? 0) ||
      (b.total ?? 0) - (a.total ?? 0),
  );
}

/** The tint of a cell in four steps; its number is always there as well. */
function tintOf(count: number | null, most: number): string {
  return count === null || count === 0 ? "" : ` tint-${Math.ceil((count / most) * 4)}`;
}

/** How many findings of which risk each domain or check has. A number leads to the findings it counts. */
export function RiskTable({ title, kind, rows, findings }: RiskTableProps) {
  const { report } = useMessages();
  const { number } = useFormats();
  const scale = Math.max(...rows.map(sum));
  const most = Math.max(1, ...rows.flatMap((row) => severities.map((severity) => row[severity] ?? 0)));
  const cell = (n: number | null): string => (n === null ? "–" : number(n));
  return (
    <section>
      <h2 className="h2 section-title">{title}</h2>
      <div className="table-frame">
        <table className="table risk-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{kind === "item" ? report.item : report.domain}</th>
              {severities.map((severity) => (
                <th key={severity} scope="col" className="end">
                  <span className="risk-head">
                    <SeverityShape severity={severity} />
                    <span className="risk-word" aria-hidden="true">
                      {report.severity[severity]}
                    </span>
                    <span className="visually-hidden">{report.severityName[severity]}</span>
                  </span>
                </th>
              ))}
              <th scope="col" className="end">
                {report.total}
              </th>
              <th scope="col" className="from-md strip-cell">
                {report.distribution}
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted(rows).map((row) => (
              <tr key={row.name}>
                <th scope="row">
                  <PlainText text={row.name} className="mono" />
                </th>
                {severities.map((severity) => (
                  <td
                    key={severity}
                    className={`end figure${row[severity] === 0 ? " muted" : ""}${tintOf(row[severity], most)}`}
                  >
                    <RiskCell kind={kind} name={row.name} severity={severity} findings={findings}>
                      {cell(row[severity])}
                    </RiskCell>
                  </td>
                ))}
                <td className="end figure strong">
                  <RiskCell kind={kind} name={row.name} severity={null} findings={findings}>
                    {cell(row.total)}
                  </RiskCell>
                </td>
                <td className="from-md strip-cell">
                  {sum(row) === 0 ? null : (
                    <SeverityStrip
                      counts={{ high: row.high ?? 0, medium: row.medium ?? 0, low: row.low ?? 0 }}
                      scale={scale}
                      label={report.stripText(cell(row.high), cell(row.medium), cell(row.low))}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface RiskCellProps {
  readonly kind: RiskTableProps["kind"];
  readonly name: string;
  /** `null`: of every risk. */
  readonly severity: Severity | null;
  readonly findings: readonly Finding[];
  readonly children: string;
}

/** A number of the vendor's. It is a link only where findings are described that it would lead to. */
function RiskCell({ kind, name, severity, findings, children }: RiskCellProps) {
  const { report } = useMessages();
  const leadsSomewhere = useMemo(
    () =>
      findings.some(
        (finding) =>
          (severity === null || finding.severity === severity) &&
          (kind === "item" ? finding.item === name : isOnDomain(finding, name)),
      ),
    [findings, kind, name, severity],
  );
  if (!leadsSomewhere) return children;
  const risk = severity === null ? report.total : report.severityName[severity];
  return (
    <Link
      className="cell-link"
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
