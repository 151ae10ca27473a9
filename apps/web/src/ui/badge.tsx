import type { ReactNode } from "react";

export type BadgeTone = "high" | "medium" | "low" | "done" | "neutral";

const toneClasses: Readonly<Record<BadgeTone, string>> = {
  high: "border-high bg-high-soft text-high-text",
  medium: "border-medium bg-medium-soft text-medium-text",
  low: "border-low bg-low-soft text-low-text",
  done: "border-done bg-done-soft text-done-text",
  neutral: "border-neutral bg-neutral-soft text-neutral-text",
};

/** A sign and a word that stand for a severity or an outcome. The colour only repeats them. */
export function Badge({ tone, children }: { readonly tone: BadgeTone; readonly children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-sm border ps-1.5 pe-2 font-bold whitespace-nowrap contrast-more:border-2 print:[print-color-adjust:exact] ${toneClasses[tone]}`}
    >
      {children}
    </span>
  );
}
