import { type Severity, severities, type TrendPoint } from "@wsc-dashboard/wsc-core";
import { SeverityShape } from "../../domain-ui/severity-mark.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { stepPath } from "./step-path.ts";

const size = { width: 96, height: 16 } as const;

/** One small step line for each risk, on one scale, with its first and last count beside it. */
export function Trend({ points }: { readonly points: readonly TrendPoint[] }) {
  const { targets: words } = useMessages();
  const { number } = useFormats();
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return <span className="muted">{words.trendTooFew}</span>;
  const max = Math.max(1, ...points.flatMap((point) => severities.map((severity) => point[severity] ?? 0)));
  const span = (severity: Severity): string => `${number(first[severity] ?? 0)} → ${number(last[severity] ?? 0)}`;
  const [high, medium, low] = severities.map(span);
  return (
    <figure className="trend">
      <figcaption className="visually-hidden">
        {words.trendText(number(points.length), high ?? "", medium ?? "", low ?? "")}
      </figcaption>
      {severities.map((severity) => (
        <div key={severity} className="trend-line" aria-hidden="true">
          <SeverityShape severity={severity} />
          <svg
            className={`trend-steps trend-${severity}`}
            viewBox={`0 0 ${size.width} ${size.height}`}
            aria-hidden="true"
          >
            <path
              d={stepPath(
                points.map((point) => point[severity] ?? 0),
                { ...size, max },
              )}
            />
          </svg>
          <span className="figure">{span(severity)}</span>
        </div>
      ))}
    </figure>
  );
}
