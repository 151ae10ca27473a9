import { severities } from "@wsc-dashboard/wsc-core";
import { useId } from "react";

interface StripProps {
  readonly counts: { readonly high: number; readonly medium: number; readonly low: number };
  /** The count that fills the whole width; the strips of one table share it. */
  readonly scale: number;
  readonly label: string;
  readonly tall?: boolean;
}

/** Solid, hatched, outlined: one stacked bar whose parts can be told apart in greyscale and print. */
export function SeverityStrip({ counts, scale, label, tall = false }: StripProps) {
  const hatch = useId();
  let start = 0;
  const parts = severities.map((severity) => {
    const part = { severity, x: start, width: scale > 0 ? (counts[severity] / scale) * 100 : 0 };
    start += part.width;
    return part;
  });
  return (
    <svg
      className={`block w-full forced-color-adjust-none print:[print-color-adjust:exact] ${tall ? "h-4.5" : "h-3"}`}
      role="img"
      aria-label={label}
    >
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="fill-medium-soft" width="6" height="6" />
          <rect className="fill-medium" width="4" height="6" />
        </pattern>
      </defs>
      {parts
        .filter(({ width }) => width > 0)
        .map(({ severity, x, width }) => (
          <svg key={severity} x={`${x}%`} width={`${width}%`} height="100%" aria-hidden="true">
            {severity === "high" ? <rect className="fill-high" width="100%" height="100%" /> : null}
            {severity === "medium" ? <rect fill={`url(#${hatch})`} width="100%" height="100%" /> : null}
            {/* The part's own edge clips half of the stroke. */}
            {severity === "low" ? <rect className="fill-none stroke-low stroke-4" width="100%" height="100%" /> : null}
          </svg>
        ))}
      {parts
        .filter(({ x, width }) => x > 0 && width > 0)
        .map(({ severity, x }) => (
          <rect
            key={severity}
            className="fill-canvas"
            x={`${x}%`}
            width="2"
            height="100%"
            transform="translate(-2 0)"
          />
        ))}
    </svg>
  );
}
