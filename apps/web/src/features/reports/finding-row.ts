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
}

const changeSigns: Readonly<Record<FindingChange, string>> = { new: "＋", remaining: "＝" };

function cell(className: string, ...content: readonly (string | Node)[]): HTMLElement {
  const element = document.createElement("span");
  element.setAttribute("role", "cell");
  if (className !== "") element.className = className;
  element.append(...content);
  return element;
}

/** Writes only when the text differs, so that existing nodes are not replaced. */
function setText(element: Element | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

/** A cell for text of the scanned site: in its own direction and unmodified. */
function foreignCell(className: string): HTMLElement {
  const element = document.createElement("bdi");
  element.setAttribute("role", "cell");
  if (className !== "") element.className = className;
  element.translate = false;
  return element;
}

/** Writes into an empty cell. An empty text makes no node. */
function fill(element: Element | null | undefined, text: string): void {
  if (element && text !== "") element.textContent = text;
}

/** The row of a finding without what differs between the findings of a severity. */
function createTemplate({ words: { report } }: FindingRowParts, severity: Severity | null): HTMLElement {
  const level = severity ?? "none";
  const row = document.createElement("div");
  row.setAttribute("role", "row");
  row.className = "finding-row";
  const box = document.createElement("input");
  box.type = "checkbox";
  // Otherwise Chromium writes the state of all boxes into the session history at each change of the address.
  box.autocomplete = "off";
  box.dataset.select = "";
  box.className = "m-0.75 block size-4.5 accent-accent";
  const link = document.createElement("a");
  link.translate = false;
  link.className = "inline-block min-h-6 px-0.5 tabular-nums focus-visible:-outline-offset-2";
  // Its shape is drawn by CSS: cloning an SVG takes as long as the rest of the row.
  const risk = cell(`finding-row-risk finding-row-${level} flex items-center gap-1.5`, report.severity[level]);
  risk.setAttribute("aria-label", report.severityName[level]);
  row.append(
    cell("", box),
    cell("", link),
    risk,
    foreignCell(""),
    foreignCell("font-mono"),
    foreignCell("font-mono"),
    cell("finding-row-change text-text-2"),
    cell("finding-row-verdict font-bold"),
  );
  return row;
}

/**
 * Creates the rows of a long list, one line for each finding. Without React, which would keep several objects for every node of
 * 25,000 rows and visit them all whenever a filter removes the rows (docs/decisions/0014-long-lists-of-findings.md).
 */
export function createRowFactory(parts: FindingRowParts): RowFactory {
  const { words, hasHosts, changeOf, verdictOf, isSelected, isCurrent } = parts;
  const { report, compare } = words;
  /** Cloned for each finding: much faster than creating each node. */
  const templates = new Map<Severity | null, HTMLElement>();

  function templateOf(severity: Severity | null): HTMLElement {
    const template = templates.get(severity) ?? createTemplate(parts, severity);
    templates.set(severity, template);
    return template;
  }

  const changeText = (number: string): string => {
    const change = changeOf(number);
    return change ? `${changeSigns[change]} ${compare.outcomes[change]}` : "";
  };

  function update(row: HTMLElement, { number, fingerprint }: Finding): void {
    setText(row.querySelector(".finding-row-change"), changeText(number));
    setText(row.querySelector(".finding-row-verdict"), verdictOf(fingerprint));
  }

  function create(finding: Finding): HTMLElement {
    const { number, severity, item, parameter, fingerprint } = finding;
    const row = templateOf(severity).cloneNode(true) as HTMLElement;
    row.id = number;

    const { children: cells } = row;
    const box = cells[0]?.firstElementChild as HTMLInputElement;
    box.setAttribute("aria-label", report.selectFinding(number));
    if (isSelected(number)) box.checked = true;

    const link = cells[1]?.firstElementChild as HTMLAnchorElement;
    link.setAttribute("href", `#${number}`);
    link.setAttribute("data-finding", number);
    link.textContent = number;
    if (isCurrent(number)) link.setAttribute("aria-current", "true");

    const { host, path } = findingPlace(finding);
    fill(cells[3], withVisibleControls(item));
    fill(cells[4], withVisibleControls(hasHosts ? `${host}${path}` : path));
    fill(cells[5], withVisibleControls(parameter ?? ""));
    fill(cells[6], changeText(number));
    fill(cells[7], verdictOf(fingerprint));
    return row;
  }

  return { create, update };
}
