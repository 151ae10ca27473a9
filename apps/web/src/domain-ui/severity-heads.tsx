import { severities } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../messages/messages-context.tsx";
import { SeverityShape } from "./severity-mark.tsx";

/** The heads of the columns that count findings by risk: on a narrow screen the shape alone. */
export function SeverityHeads() {
  const { report } = useMessages();
  return severities.map((severity) => (
    <th key={severity} scope="col" className="text-end whitespace-nowrap">
      <span className="inline-flex items-center gap-1.5">
        <SeverityShape severity={severity} />
        <span className="max-md:sr-only">{report.severity[severity]}</span>
      </span>
    </th>
  ));
}
