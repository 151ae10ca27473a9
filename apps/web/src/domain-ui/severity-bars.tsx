import { severities } from "@wsc-dashboard/wsc-core";
import { useId } from "react";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { SeverityShape } from "./severity-mark.tsx";

export interface SeverityBar {
  readonly key: string;
  /** Under the bar. */
  readonly label: string;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
}

/** Of the bars, in pixels; above them is room for half a line of text, below them for a label. */
const height = 160;
const topRoom = 10;
/** From the ground up. */
const stacked = ["high", "medium", "low"] as const;
/** Share of a bar's room that stays free, in percent of it. */
const gapShare = 0.3;
/** On a narrow screen only every third of many labels has room. */
const fewBars = 6;

/** The next number above of 1, 2, 5, 10, 20, 50 …, so that the topmost line can be read. */
function roundUp(n: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, n)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= n) ?? n;
}

interface SeverityBarsProps {
  readonly bars: readonly SeverityBar[];
  /** Says in one sentence what is drawn; the numbers are in the table that its caller puts beside it. */
  readonly label: string;
}

/** Stacked bars over time: solid, hatched, outlined, so that the risks stay apart in grey and in print. */
export function SeverityBars({ bars, label }: SeverityBarsProps) {
  const hatch = useId();
  const { number } = useFormats();
  const top = roundUp(Math.max(1, ...bars.map(({ high, medium, low }) => high + medium + low)));
  const y = (count: number): number => topRoom + height - (count / top) * height;
  const lines = top % 2 === 0 ? [0, top / 2, top] : [0, top];
  const room = 100 / Math.max(1, bars.length);
  return (
    <figure className="m-0" role="img" aria-label={label}>
      <div className="grid grid-cols-[2.25rem_minmax(0,1fr)]" aria-hidden="true">
        <svg className="h-50 w-9" aria-hidden="true">
          {lines.map((line) => (
            <text key={line} className="chart-text" x="28" y={y(line) + 5} textAnchor="end">
              {number(line)}
            </text>
          ))}
        </svg>
        <svg className="h-50 w-full overflow-visible" aria-hidden="true">
          <defs>
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect className="strip-medium-soft" width="6" height="6" />
              <rect className="strip-medium" width="4" height="6" />
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
                    ? "chart-text max-lg:hidden"
                    : "chart-text"
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
    // One pixel stays free above the ground and between two parts.
    const tall = Math.max(1, bottom - top - 1);
    return (
      <svg key={severity} aria-hidden="true" x={`${x}%`} y={top} width={`${width}%`} height={tall}>
        {severity === "high" ? <rect className="strip-high" width="100%" height="100%" /> : null}
        {severity === "medium" ? <rect fill={`url(#${hatch})`} width="100%" height="100%" /> : null}
        {/* Half of the stroke is cut off by the part's own edge. */}
        {severity === "low" ? <rect className="strip-low" width="100%" height="100%" /> : null}
      </svg>
    );
  });
}
