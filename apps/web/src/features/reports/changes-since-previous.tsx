import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ComparedFinding, type Report, type Severity, severities } from "@wsc-dashboard/wsc-core";
import { compareQuery } from "../../api/compare-query.ts";
import { predecessorQuery } from "../../api/report-query.ts";
import { OutcomeMark, outcomes } from "../../domain-ui/outcome-mark.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";

const sinceClass = "mt-3 flex flex-wrap items-center gap-x-3 gap-y-1";

/** Changes since the predecessor, or why they cannot be determined; nothing for a first report. */
export function ChangesSincePrevious({ report }: { readonly report: Report }) {
  const { report: words } = useMessages();
  const formats = useFormats();
  const head = report.job.instanceNo;
  const { data: before } = useQuery(predecessorQuery(head));
  const base = before?.predecessor ?? null;
  const comparison = useQuery({ ...compareQuery(head, base?.instanceNo), enabled: base !== null }).data;
  const reason = before?.notComparable ?? null;
  if (base === null) {
    return reason === null || reason === "first" ? null : (
      <p className={`${sinceClass} text-text-3`}>{words.notComparable[reason]}</p>
    );
  }
  const when = base.endedAt ?? base.startedAt;
  return (
    <div className={sinceClass}>
      <Link to="/compare" search={{ base: base.instanceNo, head }}>
        {words.comparedWith(when === null ? base.instanceNo : formats.date(when))}
      </Link>
      {comparison === undefined ? null : (
        <ul className="flex flex-wrap gap-x-3 gap-y-1 [&>li]:flex [&>li]:items-center [&>li]:gap-1.5">
          {outcomes
            .filter((outcome) => comparison[outcome].length > 0)
            .map((outcome) => (
              <li key={outcome}>
                <OutcomeMark outcome={outcome} /> <ChangeCounts findings={comparison[outcome]} />
              </li>
            ))}
        </ul>
      )}
    </div>
  );
}

/** Counts by severity, such as "1 medium": a bare number would not say how bad it is. */
function ChangeCounts({ findings }: { readonly findings: readonly ComparedFinding[] }) {
  const { report } = useMessages();
  const { number } = useFormats();
  const counts = [...severities, null].flatMap((severity: Severity | null) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [report.countOf[severity ?? "none"](number(count))];
  });
  return <span className="tabular-nums">{counts.join(" · ")}</span>;
}
