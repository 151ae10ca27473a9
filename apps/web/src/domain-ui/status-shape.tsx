import type { JobPhase } from "@wsc-dashboard/wsc-core";
import type { ReactElement } from "react";
import { Shape } from "../ui/shape.tsx";

const ring = { cx: 8, cy: 8, r: 5.8, fill: "none", stroke: "currentColor", strokeWidth: 1.8 } as const;

const shapes: Readonly<Record<JobPhase, ReactElement>> = {
  waiting: <circle {...ring} strokeDasharray="2.1 1.55" />,
  crawling: (
    <>
      <circle {...ring} strokeOpacity="0.35" />
      <path d="M8 2.2A5.8 5.8 0 0 1 13.8 8" fill="none" stroke="currentColor" strokeWidth="2.4" />
    </>
  ),
  scanning: (
    <>
      <circle {...ring} strokeOpacity="0.35" />
      <path d="M8 2.2a5.8 5.8 0 0 1 0 11.6" fill="none" stroke="currentColor" strokeWidth="2.4" />
      <circle cx="8" cy="8" r="2" fill="currentColor" />
    </>
  ),
  stopping: (
    <>
      <circle {...ring} />
      <path d="M5.6 5.6h4.8v4.8H5.6z" fill="currentColor" />
    </>
  ),
  completed: <path d="m2.4 8.6 3.7 3.7 7.5-8.2" fill="none" stroke="currentColor" strokeWidth="2.2" />,
  failed: (
    <>
      <path d="M2 2h12v12H2z" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M8 4.6v4.2M8 10.3v1.8" fill="none" stroke="currentColor" strokeWidth="2" />
    </>
  ),
  cancelled: (
    <>
      <circle {...ring} />
      <path d="m4 12 8-8" stroke="currentColor" strokeWidth="1.8" />
    </>
  ),
  stopped: <path d="M3 3h10v10H3z" fill="currentColor" />,
  unknown: (
    <>
      <circle {...ring} strokeDasharray="1 2" />
      <path
        d="M6.2 6.4a1.9 1.9 0 1 1 2.7 1.9c-.6.3-.9.6-.9 1.2M8 11v1.3"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </>
  ),
};

const quietClass = "text-neutral";
const movingClass = "text-accent motion-safe:animate-breathe";
const phaseClasses: Readonly<Record<JobPhase, string>> = {
  waiting: quietClass,
  crawling: movingClass,
  scanning: movingClass,
  stopping: quietClass,
  completed: "text-done",
  failed: "text-high",
  cancelled: quietClass,
  stopped: quietClass,
  unknown: quietClass,
};

/** Rings and squares: shapes that are never used for severities. */
export function StatusShape({ phase, className = "" }: { readonly phase: JobPhase; readonly className?: string }) {
  return <Shape className={`${phaseClasses[phase]} ${className}`}>{shapes[phase]}</Shape>;
}
