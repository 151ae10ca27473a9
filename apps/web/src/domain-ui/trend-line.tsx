import { type Severity, severities } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { stepPath } from "./step-path.ts";

const box = { width: 88, height: 24 } as const;

const strokeClasses: Readonly<Record<Severity, string>> = {
  high: "stroke-high",
  medium: "stroke-medium",
  low: "stroke-low [stroke-dasharray:2_2]",
};

/** High is drawn last, on top of the others. */
const drawn = ["low", "medium", "high"] as const;

export interface TrendCounts {
  readonly high: number | null;
  readonly medium: number | null;
  readonly low: number | null;
}

/** A small step line for each severity on a common scale; oldest first. As text: the first and the last count of each. */
export function TrendLine({ points }: { readonly points: readonly TrendCounts[] }) {
  const { targets: words } = useMessages();
  const { number } = useFormats();
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) {
    return (
      <span className="text-text-3">
        <span aria-hidden="true">–</span>
        <span className="sr-only">{words.trendTooFew}</span>
      </span>
    );
  }
  const max = Math.max(1, ...points.flatMap((point) => severities.map((severity) => point[severity] ?? 0)));
  const [high, medium, low] = severities.map(
    (severity) => `${number(first[severity] ?? 0)} → ${number(last[severity] ?? 0)}`,
  );
  return (
    <svg
      className="block h-6 w-22 overflow-visible"
      viewBox={`0 0 ${box.width} ${box.height}`}
      role="img"
      aria-label={words.trendText(points.length, number(points.length), high ?? "", medium ?? "", low ?? "")}
    >
      <path className="stroke-hairline" d={`M0 ${box.height - 0.5}H${box.width}`} fill="none" />
      {drawn.map((severity) => (
        <path
          key={severity}
          className={`fill-none stroke-[1.75] ${strokeClasses[severity]}`}
          data-trend={severity}
          d={stepPath(
            points.map((point) => point[severity] ?? 0),
            { ...box, max },
          )}
        />
      ))}
    </svg>
  );
}
