import type { ReactNode } from "react";

interface FactListProps {
  /** Each fact on a line of its own over a hairline, instead of closely set. */
  readonly isWide?: boolean;
  /** Two columns of facts where there is room; each fact is a `FactRow`. */
  readonly isSplit?: boolean;
  readonly className?: string;
  /** `dt` and `dd`, in pairs or within a `FactRow` each. */
  readonly children: ReactNode;
}

const listClass =
  "grid [&_dt]:text-text-2 max-sm:[&>dd+dt]:mt-2 max-sm:[&>div+div>dt]:mt-2 sm:grid-cols-[minmax(6rem,max-content)_minmax(0,1fr)]";
const closeClass = "sm:gap-x-6 sm:gap-y-1";
const wideClass =
  "[&_dd]:border-b [&_dd]:border-hairline [&_dd]:pb-1.75 max-sm:[&_dt]:pt-1 sm:[&_dd]:pt-1.75 sm:[&_dt]:border-b sm:[&_dt]:border-hairline sm:[&_dt]:py-1.75 sm:[&_dt]:pe-8";
const splitClass =
  "lg:grid-cols-[max-content_minmax(0,1fr)_max-content_minmax(0,1fr)] lg:[&>:nth-child(even)>dt]:ps-12";

/** Names and values side by side; below each other on a narrow screen. */
export function FactList({ isWide = false, isSplit = false, className = "", children }: FactListProps) {
  return (
    <dl className={`${listClass} ${isWide ? wideClass : closeClass} ${isSplit ? splitClass : ""} ${className}`}>
      {children}
    </dl>
  );
}

/** One fact with a key of its own. */
export function FactRow({ children }: { readonly children: ReactNode }) {
  return <div className="contents">{children}</div>;
}
