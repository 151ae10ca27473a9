import type { Finding } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../../messages/en.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { splitEvidence } from "./evidence.ts";

interface FindingMarkdownParts {
  readonly finding: Finding;
  readonly recommendation: string | null;
  /** URL of the finding. */
  readonly link: string;
}

/** A finding as Markdown for a ticket. Text of the scanned site is put in code, where Markdown and HTML have no effect. */
export function findingMarkdown(
  { report, shell }: Pick<Messages, "report" | "shell">,
  { finding, recommendation, link }: FindingMarkdownParts,
): string {
  const { number, item, severity, method, url, parameter, evidence } = finding;
  const line = (label: string, value: string | null): readonly string[] =>
    value === null || value === "" ? [] : [`- ${shell.labelled(label, inCode(value))}`];
  return [
    `## ${number} · ${report.severityName[severity ?? "none"]} · ${inCode(item)}`,
    "",
    ...line(report.address, [method, url].filter(Boolean).join(" ")),
    ...line(report.parameter, parameter),
    `- ${shell.labelled(report.source, link)}`,
    ...(evidence === null ? [] : splitEvidence(evidence)).flatMap(({ kind, text }) => [
      "",
      `**${kind === "text" ? report.evidence : report.evidenceKinds[kind]}**`,
      "",
      ...fencedCode(text),
    ]),
    ...(recommendation === null ? [] : ["", `**${report.howToFix}**`, "", ...fencedCode(recommendation)]),
    "",
  ].join("\n");
}

const maxRunLength = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));

/** A code span; its backtick fence is longer than any run of backticks inside. */
function inCode(text: string): string {
  const oneLine = withVisibleControls(text).replace(/\s+/g, " ").trim();
  const backticks = "`".repeat(maxRunLength(oneLine) + 1);
  const pad = oneLine.startsWith("`") || oneLine.endsWith("`") ? " " : "";
  return `${backticks}${pad}${oneLine}${pad}${backticks}`;
}

function fencedCode(text: string): readonly string[] {
  const backticks = "`".repeat(Math.max(3, maxRunLength(text) + 1));
  return [`${backticks}text`, withVisibleControls(text), backticks];
}
