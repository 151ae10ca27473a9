import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Report } from "@wsc-dashboard/wsc-core";
import { compareQuery, predecessorQuery } from "../../api/report-query.ts";
import { OutcomeMark, outcomes } from "../../domain-ui/outcome-mark.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";

/** What changed since the run before; nothing where there is none, or where it cannot be told. */
export function ChangesSincePrevious({ report }: { readonly report: Report }) {
  const { report: words } = useMessages();
  const formats = useFormats();
  const head = report.job.instanceNo;
  const { data: before } = useQuery(predecessorQuery(head));
  const base = before?.predecessor ?? null;
  const comparison = useQuery({ ...compareQuery(head, base?.instanceNo), enabled: base !== null }).data;
  if (base === null) return null;
  const when = base.endedAt ?? base.startedAt;
  return (
    <div className="since-before">
      <Link to="/compare" search={{ base: base.instanceNo, head }}>
        {words.comparedWith(when === null ? base.instanceNo : formats.date(when))}
      </Link>
      {comparison === undefined ? null : (
        <ul className="plain-list since-outcomes">
          {outcomes
            .filter((outcome) => comparison[outcome].length > 0)
            .map((outcome) => (
              <li key={outcome}>
                <OutcomeMark outcome={outcome} />{" "}
                <span className="figure">{formats.number(comparison[outcome].length)}</span>
              </li>
            ))}
        </ul>
      )}
    </div>
  );
}
