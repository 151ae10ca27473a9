import { type ReactNode, useLayoutEffect } from "react";

/** What stands above the heading of a page: where the page belongs. */
export function Kicker({ children }: { readonly children: ReactNode }) {
  return <p className="flex min-h-7 flex-wrap items-center gap-x-1.5 text-text-3">{children}</p>;
}

interface PageHeadProps {
  /** Kept in reach while the page scrolls: rows are chosen and it offers what to do with them. */
  readonly isSelecting?: boolean;
  /** The heading, and what can be done beside it. */
  readonly children: ReactNode;
}

/** Heading and actions of a page over a rule. */
export function PageHead({ isSelecting = false, children }: PageHeadProps) {
  // Not `:has()` on the root: at each row that is added to a list, the browser would look through the whole page again.
  useLayoutEffect(() => {
    if (isSelecting) document.documentElement.dataset.selecting = "";
    return () => {
      delete document.documentElement.dataset.selecting;
    };
  }, [isSelecting]);
  return (
    <>
      <div
        className={`flex flex-wrap items-end justify-between gap-x-4 gap-y-2 ${isSelecting ? "md:sticky md:top-12 md:z-4 md:-mt-2 md:bg-canvas md:py-2" : ""}`}
      >
        {children}
      </div>
      <hr className={`border-t-3 border-text ${isSelecting ? "mt-3 md:mt-1" : "mt-3"}`} />
    </>
  );
}
