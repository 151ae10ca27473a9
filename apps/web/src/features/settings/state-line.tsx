import type { ReactNode } from "react";
import { Shape } from "../../ui/shape.tsx";

const shapes = {
  good: <path d="m2.4 8.6 3.7 3.7 7.5-8.2" fill="none" stroke="currentColor" strokeWidth="2.2" />,
  warning: (
    <>
      <path d="M8 2 14.6 14H1.4z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />
      <path d="M8 6.4v3.4M8 11.2v1.4" fill="none" stroke="currentColor" strokeWidth="1.8" />
    </>
  ),
  bad: (
    <>
      <path d="M2 2h12v12H2z" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M8 4.6v4.2M8 10.3v1.8" fill="none" stroke="currentColor" strokeWidth="2" />
    </>
  ),
  unknown: <path d="M3 8h10" stroke="currentColor" strokeWidth="2" strokeDasharray="2.5 1.5" />,
} as const;

const shapeClasses: Readonly<Record<keyof typeof shapes, string>> = {
  good: "text-done",
  warning: "text-medium",
  bad: "text-high",
  unknown: "text-neutral",
};

/** One statement about health: a shape, and a sentence that is complete without it. */
export function StateLine({ tone, children }: { readonly tone: keyof typeof shapes; readonly children: ReactNode }) {
  return (
    <li
      className={`grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 border-b border-hairline py-1.75 ${tone === "bad" ? "text-high-text" : ""}`}
    >
      <Shape className={`mt-0.75 ${shapeClasses[tone]}`}>{shapes[tone]}</Shape>
      <span>{children}</span>
    </li>
  );
}
