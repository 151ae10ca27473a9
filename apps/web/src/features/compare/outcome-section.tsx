import { Link } from "@tanstack/react-router";
import type { ComparedFinding, Comparison } from "@wsc-dashboard/wsc-core";
import { FindingGroupName } from "../../domain-ui/finding-group-name.tsx";
import { type Grouping, groupFindings } from "../../domain-ui/finding-groups.ts";
import { HelpLink } from "../../domain-ui/help-link.tsx";
import { type Outcome, OutcomeMark } from "../../domain-ui/outcome-mark.tsx";
import { SeverityMark } from "../../domain-ui/severity-mark.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Counter } from "../../ui/counter.tsx";
import { longListClass, longListItemClass } from "../../ui/long-list.ts";
import { PlainText } from "../../ui/plain-text.tsx";
import { useReportVerdicts } from "../../verdicts/verdict-context.tsx";
import { VerdictMark, VerdictReason } from "../../verdicts/verdict-mark.tsx";

type Compared = ComparedFinding | Comparison["notRetested"][number];

interface OutcomeSectionProps {
  readonly outcome: Outcome;
  readonly comparison: Comparison;
  readonly grouping: Grouping | undefined;
}

/** One outcome of a comparison, its meaning, and its findings. */
export function OutcomeSection({ outcome, comparison, grouping }: OutcomeSectionProps) {
  const { compare } = useMessages();
  const { number } = useFormats();
  const found: readonly Compared[] = comparison[outcome];
  return (
    <section aria-labelledby={`outcome-${outcome}`}>
      <h2 id={`outcome-${outcome}`} className="text-h2 mt-9 mb-2">
        <OutcomeMark outcome={outcome} /> <Counter>{number(found.length)}</Counter>
      </h2>
      <p className="max-w-168 text-text-2">
        {compare.explained[outcome]}{" "}
        {outcome === "notRetested" ? <HelpLink topic="not-retested" about={compare.outcomes.notRetested} /> : null}
      </p>
      {found.length === 0 ? (
        <p className="text-text-3">{compare.none}</p>
      ) : grouping === undefined ? (
        <ComparedList found={found} comparison={comparison} />
      ) : (
        groupFindings(found, grouping).map(({ key, findings }) => (
          <section key={key}>
            <h3 className="text-h3 pt-3">
              <FindingGroupName grouping={grouping} name={key} /> <Counter>{number(findings.length)}</Counter>
            </h3>
            <ComparedList found={findings} comparison={comparison} />
          </section>
        ))
      )}
    </section>
  );
}

interface ComparedListProps {
  readonly found: readonly Compared[];
  readonly comparison: Comparison;
}

function ComparedList({ found, comparison }: ComparedListProps) {
  return (
    <ol className={longListClass}>
      {found.map((finding) => (
        <ComparedItem key={finding.fingerprint} finding={finding} comparison={comparison} />
      ))}
    </ol>
  );
}

interface ComparedItemProps {
  readonly finding: Compared;
  readonly comparison: Comparison;
}

function ComparedItem({ finding, comparison }: ComparedItemProps) {
  const { compare, report } = useMessages();
  const { severity, severityBefore, item, method, url, parameter } = finding;
  return (
    <li className={longListItemClass} data-compared="">
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <SeverityMark severity={severity} />
        <PlainText text={item} className="font-bold" />
        {severityBefore === undefined ? null : (
          <span className="text-text-3">{compare.before(report.severityName[severityBefore ?? "none"])}</span>
        )}
      </p>
      {url === null ? null : (
        <p>
          {method === null ? null : <PlainText text={`${method} `} className="font-mono font-bold" />}
          <PlainText text={url} className="mono" />
        </p>
      )}
      {parameter === null ? null : (
        <p>
          <span className="text-text-3">{report.parameter}</span>{" "}
          <PlainText text={parameter} className="mono font-bold" />
        </p>
      )}
      <ComparedVerdict fingerprint={finding.fingerprint} />
      {"reason" in finding ? <p className="font-bold">{compare.reasons[finding.reason]}</p> : null}
      {(["base", "head"] as const).map((side) => (
        <FindingLinks key={side} side={side} numbers={finding.numbers[side]} job={comparison[side].job.instanceNo} />
      ))}
    </li>
  );
}

/** The current verdict on the finding. */
function ComparedVerdict({ fingerprint }: { readonly fingerprint: string }) {
  const kept = useReportVerdicts()?.of(fingerprint);
  if (kept === undefined) return null;
  return (
    <>
      <VerdictMark state={kept.state} cause={kept.cause} />
      <VerdictReason verdict={kept} />
    </>
  );
}

interface FindingLinksProps {
  readonly side: "base" | "head";
  readonly numbers: readonly string[];
  readonly job: string;
}

function FindingLinks({ side, numbers, job }: FindingLinksProps) {
  const { compare } = useMessages();
  if (numbers.length === 0) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 [&>a]:min-h-6">
      <span className="text-text-3">{compare.numbersIn[side]}</span>
      {numbers.map((number) => (
        <Link key={number} to="/jobs/$instanceNo/report" params={{ instanceNo: job }} hash={number}>
          {number}
        </Link>
      ))}
    </p>
  );
}
