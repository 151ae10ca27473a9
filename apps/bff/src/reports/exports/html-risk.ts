import { type RiskCounts, type Severity, severities } from "@wsc-dashboard/wsc-core";
import { type Html, html } from "./html-text.ts";

/** Symbols of the risk levels for text; they differ without colour. */
const shapes: Readonly<Record<Severity | "none", string>> = { high: "■", medium: "◣", low: "○", none: "–" };

/** Symbol and word of a risk level. */
export function riskMark(severity: Severity | null, word: string): Html {
  return html`<span class="risk"><span class="shape" aria-hidden="true">${shapes[severity ?? "none"]}</span> ${word}</span>`;
}

/** A stacked bar: solid, hatched, outlined. Empty without findings; the adjacent figures carry the same information. */
export function riskStrip(counts: RiskCounts): Html {
  const total = severities.reduce((sum, severity) => sum + (counts[severity] ?? 0), 0);
  if (total === 0) return html``;
  let start = 0;
  const parts = severities.flatMap((severity) => {
    const width = ((counts[severity] ?? 0) / total) * 100;
    const x = start;
    start += width;
    return width === 0 ? [] : [{ severity, x, width }];
  });
  return html`<svg class="strip" width="100%" height="18" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground" width="6" height="6"></rect><rect class="stroke" width="4" height="6"></rect></pattern></defs>${parts.map(
    ({ severity, x, width }) =>
      html`<svg x="${x.toFixed(2)}%" width="${width.toFixed(2)}%" height="18"><rect class="${severity}" width="100%" height="100%"></rect></svg>${x === 0 ? "" : html`<rect class="gap" x="${x.toFixed(2)}%" width="2" height="18"></rect>`}`,
  )}</svg>`;
}
