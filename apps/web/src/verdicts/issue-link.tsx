import { useQuery } from "@tanstack/react-query";
import { type Finding, fillIssueTemplate, findingPlace } from "@wsc-dashboard/wsc-core";
import { issueTemplateQuery } from "../api/verdict-queries.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { useVerdictWords } from "../messages/verdict-words.ts";
import { faintButtonClass } from "../ui/faint-button.ts";

interface IssueLinkProps {
  readonly finding: Finding;
  readonly host: string;
  readonly instanceNo: string;
}

/** Opens the issue tracker with the finding filled in, when an administrator has set its URL. */
export function IssueLink({ finding, host, instanceNo }: IssueLinkProps) {
  const { report } = useMessages();
  const words = useVerdictWords();
  const { data: template } = useQuery(issueTemplateQuery);
  if (template == null) return null;
  const { number, item, severity, method, url, parameter } = finding;
  const link = `${location.origin}/jobs/${instanceNo}/report#${number}`;
  const { path } = findingPlace(finding);
  const lines = [
    [report.severityName[severity ?? "none"], item],
    [method ?? "", url ?? ""],
    parameter === null ? [] : [`${report.parameter}:`, parameter],
    [link],
  ];
  const address = fillIssueTemplate(template, {
    title: [item, path].filter((part) => part !== "").join(" · "),
    body: lines.map((parts) => parts.join(" ").trim()).join("\n"),
    severity: report.severity[severity ?? "none"],
    host,
    link,
  });
  return (
    <a
      className={faintButtonClass}
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={words.openIssueOf(number)}
    >
      {words.openIssue} ↗
    </a>
  );
}
