import { type RiskCounts, severities } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { SeverityShape } from "../../ui/severity-mark.tsx";
import { SeverityStrip } from "../../ui/severity-strip.tsx";

interface RiskRow extends RiskCounts {
  readonly name: string;
}
interface RiskTableProps {
  readonly title: string;
  /** What a row is. */
  readonly heading: string;
  readonly rows: readonly RiskRow[];
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

export function RiskTable({ title, heading, rows }: RiskTableProps) {
  const { report } = useMessages();
  const { number } = useFormats();
  const scale = Math.max(...rows.map(sum));
  const cell = (n: number | null): string => (n === null ? "–" : number(n));
  return (
    <section>
      <h2 className="h2 section-title">{title}</h2>
      <div className="table-frame">
        <table className="table risk-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{heading}</th>
              {severities.map((severity) => (
                <th key={severity} scope="col" className="end">
                  <span className="risk-head">
                    <SeverityShape severity={severity} />
                    <span aria-hidden="true">{report.severity[severity]}</span>
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
                  <td key={severity} className={row[severity] === 0 ? "end figure muted" : "end figure"}>
                    {cell(row[severity])}
                  </td>
                ))}
                <td className="end figure strong">{cell(row.total)}</td>
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
