import { severities } from "@wsc-dashboard/wsc-core";
import { useId } from "react";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { SeverityShape } from "./severity-mark.tsx";

export interface SeverityBar {
  readonly key: string;
  /** Shown below the bar. */
  readonly label: string;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
}

/** Of the bars, in pixels; above them is room for half a line of text, below them for a label. */
const height = 160;
const topRoom = 10;
/** From bottom to top. */
const stacked = ["high", "medium", "low"] as const;
/** Gap between bars, as a fraction of a bar's slot. */
const gapShare = 0.3;
const textClass = "fill-text-3 text-ui tabular-nums";
/** With more bars than this, a narrow screen shows only every third label. */
const fewBars = 6;

/** Rounds up to the next of 1, 2, 5, 10, 20, 50 …, so that the topmost grid line has a readable value. */
function roundUp(n: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, n)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= n) ?? n;
}

interface SeverityBarsProps {
  readonly bars: readonly SeverityBar[];
  /** One sentence that describes the chart; the caller shows the numbers in a table beside it. */
  readonly label: string;
}

/** Stacked bars over time: solid, hatched, outlined, so that severities can be told apart in greyscale and print. */
export function SeverityBars({ bars, label }: SeverityBarsProps) {
  const hatch = useId();
  const { number } = useFormats();
  const top = roundUp(Math.max(1, ...bars.map(({ high, medium, low }) => high + medium + low)));
  const y = (count: number): number => topRoom + height - (count / top) * height;
  const lines = top % 2 === 0 ? [0, top / 2, top] : [0, top];
  const room = 100 / Math.max(1, bars.length);
  // A digit takes 8 px at most.
  const axisWidth = Math.max(36, number(top).length * 8 + 12);
  return (
    <figure className="m-0" role="img" aria-label={label}>
      <div className="grid grid-cols-[auto_minmax(0,1fr)]" aria-hidden="true">
        <svg className="h-50" width={axisWidth} aria-hidden="true">
          {lines.map((line) => (
            <text key={line} className={textClass} x={axisWidth - 8} y={y(line) + 5} textAnchor="end">
              {number(line)}
            </text>
          ))}
        </svg>
        <svg className="h-50 w-full overflow-visible" aria-hidden="true">
          <defs>
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect className="fill-medium-soft" width="6" height="6" />
              <rect className="fill-medium" width="4" height="6" />
            </pattern>
          </defs>
          {lines.map((line) => (
            <line key={line} className="stroke-hairline" x1="0" x2="100%" y1={y(line)} y2={y(line)} />
          ))}
          {bars.map((bar, index) => (
            <g key={bar.key}>
              <Bar bar={bar} x={room * (index + gapShare / 2)} width={room * (1 - gapShare)} y={y} hatch={hatch} />
              <text
                className={
                  bars.length > fewBars && (bars.length - 1 - index) % 3 !== 0
                    ? `${textClass} max-lg:hidden`
                    : textClass
                }
                x={`${room * (index + 0.5)}%`}
                y={topRoom + height + 20}
                textAnchor="middle"
              >
                {bar.label}
              </text>
            </g>
          ))}
        </svg>
      </div>
      <Legend />
    </figure>
  );
}

function Legend() {
  const { report } = useMessages();
  return (
    <ul className="m-0 flex list-none flex-wrap gap-x-4 p-0 ps-9 text-text-2" aria-hidden="true">
      {severities.map((severity) => (
        <li key={severity} className="inline-flex items-center gap-1.5">
          <SeverityShape severity={severity} />
          {report.severity[severity]}
        </li>
      ))}
    </ul>
  );
}

interface BarProps {
  readonly bar: SeverityBar;
  /** Left edge and width in percent of the chart. */
  readonly x: number;
  readonly width: number;
  readonly y: (count: number) => number;
  readonly hatch: string;
}

function Bar({ bar, x, width, y, hatch }: BarProps) {
  let below = 0;
  return stacked.map((severity) => {
    const [bottom, top] = [y(below), y(below + bar[severity])];
    below += bar[severity];
    if (bar[severity] === 0) return null;
    // One pixel stays free above the baseline and between two parts.
    const tall = Math.max(1, bottom - top - 1);
    return (
      <svg key={severity} aria-hidden="true" x={`${x}%`} y={top} width={`${width}%`} height={tall}>
        {severity === "high" ? <rect className="fill-high" width="100%" height="100%" /> : null}
        {severity === "medium" ? <rect fill={`url(#${hatch})`} width="100%" height="100%" /> : null}
        {/* The part's own edge clips half of the stroke. */}
        {severity === "low" ? <rect className="fill-none stroke-low stroke-4" width="100%" height="100%" /> : null}
      </svg>
    );
  });
}
