import { type RiskCounts, type Severity, severities } from "@wsc-dashboard/wsc-core";
import { type Html, html } from "./html-text.ts";

/** What stands for a risk level where nothing can be drawn; told apart without colour. */
const shapes: Readonly<Record<Severity | "none", string>> = { high: "■", medium: "◣", low: "○", none: "–" };

/** Shape and word of a risk level. */
export function riskMark(severity: Severity | null, word: string): Html {
  return html`<span class="risk"><span class="shape" aria-hidden="true">${shapes[severity ?? "none"]}</span> ${word}</span>`;
}

/** One stacked bar: solid, hatched, outlined. Nothing where there is nothing to show; the figures beside it say the same. */
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
