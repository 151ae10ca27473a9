import type { ReactNode } from "react";

/** Holds `Stat`s in a row, or the rows of it that the width allows. */
export function StatList({ children }: { readonly children: ReactNode }) {
  return <dl className="flex flex-wrap gap-x-6 gap-y-3 pt-1 sm:gap-x-10">{children}</dl>;
}

/** For a link around the figure of a `Stat`: underlined only when pointed at. */
export const statLinkClass = "inline-block text-text no-underline hover:text-text hover:underline";

interface StatProps {
  readonly name: ReactNode;
  /** The figure, or a link around it. */
  readonly children: ReactNode;
  /** A sentence about the figure. */
  readonly note?: ReactNode;
}

/** A figure under its name, in a `StatList`. */
export function Stat({ name, children, note }: StatProps) {
  return (
    <div className="min-w-18">
      <dt className="flex min-h-6 items-center text-text-2">{name}</dt>
      <dd className="mt-1 text-figure font-bold tracking-figure tabular-nums">{children}</dd>
      {note === undefined ? null : <dd className="text-text-3">{note}</dd>}
    </div>
  );
}
