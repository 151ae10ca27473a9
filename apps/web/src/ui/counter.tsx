import type { ReactNode } from "react";

/** The number of what a heading names, behind it. */
export function Counter({ children }: { readonly children: ReactNode }) {
  return <span className="text-ui font-normal tracking-normal text-text-3 tabular-nums">{children}</span>;
}
