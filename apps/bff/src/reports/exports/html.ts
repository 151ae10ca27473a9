import { createHash } from "node:crypto";
import { adviceFinder, type Finding, type Report, ruleIdOf, type VerdictView } from "@wsc-dashboard/wsc-core";
import { type ReportWords, reportWords } from "../words/report-words.ts";
import type { ExportContext } from "./export-context.ts";
import { noVerdicts } from "./exported-verdicts.ts";
import { riskMark, riskStrip } from "./html-risk.ts";
import { htmlStyle } from "./html-style.ts";
import { Html, html } from "./html-text.ts";
import { maxRepeatedLength, shortened } from "./receiver-text.ts";
import { selectionText, verdictText } from "./selection-text.ts";
import { reportHostOf } from "./target-url.ts";
import { writtenTime } from "./written-time.ts";

const styleHash = createHash("sha256").update(htmlStyle).digest("base64");
/** The file may only display itself. */
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

const countKeys = ["high", "medium", "low", "total"] as const;
type Counts = Readonly<Record<(typeof countKeys)[number], number | null>>;

/** The report as one page without scripts, links or requests, for people without access to the dashboard. */
export function toHtml(report: Report, { language, zone, selection, verdicts = noVerdicts }: ExportContext): string {
  const words = reportWords(language);
  const adviceFor = adviceFinder(report.recommendations);
  const repeatable = (advice: string | null): string | null =>
    advice === null ? null : shortened(advice, maxRepeatedLength, words.cut);
  const title = words.title(reportHostOf(report));
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(htmlStyle)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${identity(report, words, zone)}
${verdict(report, words, selection?.total ?? report.findings.length)}
${scope(report, words, zone)}
${countTable(
  words.byDomain,
  words.domain,
  report.byDomain.map(({ domain, ...counts }) => [domain, counts] as const),
  words,
)}
${countTable(
  words.byItem,
  words.item,
  report.byItem.map(({ item, ...counts }) => [item, counts] as const),
  words,
)}
<h2>${words.findings}</h2>
${selection === undefined ? "" : html`<p class="note"><bdi>${selectionText(selection, words)}</bdi></p>`}
${report.findings.length === 0 && selection !== undefined ? "" : report.findings.length === 0 ? html`<p>${words.noFindings}</p>` : report.findings.map((finding) => findingBlock(finding, repeatable(adviceFor(finding.item)), verdicts.of(finding), words))}
${recommendations(report, words)}
${unrecognised(report, words)}
<p class="note">${words.zoneNote(zone)} ${words.provenance(writtenTime(report.asOf, zone))}</p>
<p class="note">${words.digest}: <code>${report.sha256}</code></p>
</main>
</body>
</html>
`;
  return page.source;
}

function facts(rows: readonly (readonly [string, Html | string | null])[], words: ReportWords): Html {
  return html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value === null || value === "" ? words.notStated : value}</dd>`)}</dl>`;
}

function identity(
  { job, scope: { target }, reportDate, expiresAt, memo }: Report,
  words: ReportWords,
  zone: string,
): Html {
  const end = job.endedAt ?? reportDate;
  return facts(
    [
      [words.target, html`<bdi>${target ?? job.startUrl}</bdi>`],
      [words.instanceNo, job.instanceNo],
      [words.finished + words.bracketed(zone), end === null ? null : writtenTime(end, zone)],
      [words.readableUntil + words.bracketed(zone), expiresAt === null ? null : writtenTime(expiresAt, zone)],
      [words.memo, memo === "" ? words.none : html`<bdi>${memo}</bdi>`],
    ],
    words,
  );
}

function verdict({ summary }: Report, words: ReportWords, listed: number): Html {
  const figure = (key: (typeof countKeys)[number]): Html =>
    html`<li class="${key}">${key === "total" ? words.total : riskMark(key, words.severity[key])} <b>${summary[key] ?? "–"}</b></li>`;
  const differs = summary.total !== null && summary.total !== listed;
  return html`<section class="verdict"><h2>${words.verdict}</h2>
<ul class="figures">${countKeys.map(figure)}</ul>
${riskStrip(summary)}
${differs && summary.total !== null ? html`<p>${words.differs(listed, summary.total)}</p>` : ""}</section>`;
}

function scope({ scope: told, times }: Report, words: ReportWords, zone: string): Html {
  const list = (entries: readonly string[]): Html | string =>
    entries.length === 0 ? words.none : html`<ul>${entries.map((entry) => html`<li><bdi>${entry}</bdi></li>`)}</ul>`;
  const period = (start: string | null, end: string | null): string | null =>
    start === null && end === null
      ? null
      : [start, end].map((time) => (time === null ? words.notStated : writtenTime(time, zone))).join(" – ");
  return html`<h2>${words.scope}</h2>
${facts(
  [
    [words.scanned, list(told.scanned)],
    [words.notScanned, list(told.notScanned)],
    [words.excluded, list(told.excluded)],
    [words.items, told.items.length === 0 ? null : list(told.items)],
    [words.userAgent, told.userAgent],
    [words.signIn, told.signInUsed ? words.signInUsed : words.signInNotUsed],
    [words.crawlTime + words.bracketed(zone), period(times.crawlStartedAt, times.crawlEndedAt)],
    [words.scanTime + words.bracketed(zone), period(times.scanStartedAt, times.scanEndedAt)],
  ],
  words,
)}`;
}

function countTable(
  title: string,
  name: string,
  rows: readonly (readonly [string, Counts])[],
  words: ReportWords,
): Html {
  if (rows.length === 0) return html``;
  return html`<h2>${title}</h2>
<table>
<thead><tr><th scope="col">${name}</th>${countKeys.map((key) => html`<th scope="col" class="${key}">${key === "total" ? words.total : riskMark(key, words.severity[key])}</th>`)}</tr></thead>
<tbody>${rows.map(([label, counts]) => html`<tr><td><bdi>${label}</bdi></td>${countKeys.map((key) => html`<td>${counts[key] ?? "–"}</td>`)}</tr>`)}</tbody>
</table>`;
}

/** The verdict, its reason and its end. Contains text from people. */
function decision(verdict: VerdictView | undefined, words: ReportWords): [string, Html][] {
  if (verdict === undefined) return [];
  const { state, cause, reason, owner, due, until, issueUrl, decidedBy } = verdict;
  const told: readonly (readonly [string, string | null])[] = [
    [words.decision, verdictText(state, cause, words)],
    [words.reason, reason === null ? null : shortened(reason, maxRepeatedLength, words.cut)],
    [words.owner, owner],
    [words.due, due],
    [words.acceptedUntil, until],
    [words.issue, issueUrl],
    [words.decidedBy, decidedBy],
  ];
  return told.flatMap(([name, text]) => (text === null ? [] : [[name, html`<bdi>${text}</bdi>`] as [string, Html]]));
}

function findingBlock(
  finding: Finding,
  advice: string | null,
  verdict: VerdictView | undefined,
  words: ReportWords,
): Html {
  const { number, item, severity, method, url, parameter, evidence, otherFields, fingerprint } = finding;
  return html`<section class="finding ${severity ?? "none"}" id="${number}">
<h3><span class="number">${number}</span> ${riskMark(severity, words.severity[severity ?? "none"])} <bdi>${item}</bdi></h3>
${facts(
  [
    ...decision(verdict, words),
    ["URL", html`<code>${method === null ? "" : html`<b>${method}</b> `}${url ?? words.notStated}</code>`],
    [words.parameter, parameter === null ? null : html`<code>${parameter}</code>`],
    ...otherFields.map(({ name, value }) => [name, html`<code>${value}</code>`] as const),
    [words.fingerprint, html`<code>${fingerprint}</code>`],
  ],
  words,
)}
${evidence === null ? "" : html`<h4>${words.evidence}</h4><pre class="${isShort(evidence) ? "short" : "long"}">${evidence}</pre>`}
${advice === null ? "" : html`<h4>${words.howToFix}</h4><p class="prose"><bdi>${advice}</bdi></p>`}
</section>
`;
}

/** Whether evidence fits on one printed page. */
const isShort = (text: string): boolean => text.split("\n").length <= 20;

/** Advice for items without findings; the advice for other items is shown with their findings. */
function recommendations({ recommendations: advices, findings }: Report, words: ReportWords): Html {
  const found = new Set(findings.map(({ item }) => ruleIdOf(item)));
  const left = advices.filter(({ item }) => !found.has(ruleIdOf(item)));
  if (left.length === 0) return html``;
  return html`<h2>${words.recommendations}</h2>${left.map(({ item, text }) => html`<h3><bdi>${item}</bdi></h3><p class="prose"><bdi>${text}</bdi></p>`)}`;
}

function unrecognised({ unrecognised: fields }: Report, words: ReportWords): Html {
  if (Object.keys(fields).length === 0) return html``;
  return html`<h2>${words.unrecognised}</h2><pre>${JSON.stringify(fields, null, 2)}</pre>`;
}
