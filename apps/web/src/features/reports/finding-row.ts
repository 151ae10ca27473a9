import { type Finding, type FindingChange, findingPlace, type Severity } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../../messages/en.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";

/** Creates the row of a finding, and later updates what is known about the finding in it. */
export interface RowFactory {
  readonly create: (finding: Finding) => HTMLElement;
  readonly update: (row: HTMLElement, finding: Finding) => void;
}

export interface FindingRowParts {
  readonly words: Pick<Messages, "report" | "compare">;
  /** Whether rows name the host: only where a report has several. */
  readonly hasHosts: boolean;
  readonly changeOf: (number: string) => FindingChange | undefined;
  /** A verdict in words; empty without a decision. */
  readonly verdictOf: (fingerprint: string) => string;
  readonly isSelected: (number: string) => boolean;
  readonly isCurrent: (number: string) => boolean;
  /** The SVG shape of a severity, as a new node for each row. */
  readonly shapeOf: (severity: Severity | null) => Node;
}

const changeSigns: Readonly<Record<FindingChange, string>> = { new: "＋", remaining: "＝" };

function cell(className: string, ...content: readonly (string | Node)[]): HTMLElement {
  const element = document.createElement("span");
  element.setAttribute("role", "cell");
  element.className = className;
  element.append(...content);
  return element;
}

/** Writes only when the text differs, so that existing nodes are not replaced. */
function setText(element: Element | null, text: string): void {
  if (element !== null && element.textContent !== text) element.textContent = text;
}

/** Text of the scanned site: in its own direction and unmodified. */
function foreignCell(className: string, text: string): HTMLElement {
  const element = document.createElement("bdi");
  element.setAttribute("role", "cell");
  element.className = className;
  element.translate = false;
  element.textContent = withVisibleControls(text);
  return element;
}

/**
 * Creates the rows of a long list, one line for each finding. Without React, which would keep several objects for every node of
 * 25,000 rows and visit them all whenever a filter removes the rows (docs/decisions/0014-long-lists-of-findings.md).
 */
export function createRowFactory(parts: FindingRowParts): RowFactory {
  const { words, hasHosts, changeOf, verdictOf, isSelected, isCurrent, shapeOf } = parts;
  const { report, compare } = words;
  function update(row: HTMLElement, { number, fingerprint }: Finding): void {
    const change = changeOf(number);
    setText(
      row.querySelector(".finding-row-change"),
      change ? `${changeSigns[change]} ${compare.outcomes[change]}` : "",
    );
    setText(row.querySelector(".finding-row-verdict"), verdictOf(fingerprint));
  }

  function create(finding: Finding): HTMLElement {
    const { number, severity, item, parameter } = finding;
    const row = document.createElement("div");
    row.setAttribute("role", "row");
    row.className = "finding-row";
    row.id = number;

    const box = document.createElement("input");
    box.type = "checkbox";
    // Otherwise Chromium writes the state of all boxes into the session history at each change of the address.
    box.autocomplete = "off";
    box.checked = isSelected(number);
    box.dataset.select = "";
    box.setAttribute("aria-label", report.selectFinding(number));

    const link = document.createElement("a");
    link.href = `#${number}`;
    link.dataset.finding = number;
    link.translate = false;
    link.textContent = number;
    if (isCurrent(number)) link.setAttribute("aria-current", "true");

    const risk = cell("finding-row-risk", shapeOf(severity), report.severity[severity ?? "none"]);
    risk.setAttribute("aria-label", report.severityName[severity ?? "none"]);
    const { host, path } = findingPlace(finding);
    row.append(
      cell("finding-row-box", box),
      cell("finding-row-number", link),
      risk,
      foreignCell("finding-row-item", item),
      foreignCell("finding-row-place", hasHosts ? `${host}${path}` : path),
      foreignCell("finding-row-parameter", parameter ?? ""),
      cell("finding-row-change"),
      cell("finding-row-verdict"),
    );
    update(row, finding);
    return row;
  }

  return { create, update };
}
