import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** The page numbers to show: first, last, and those around the current one; 0 stands for a gap. */
export function namedPages(page: number, pageCount: number): readonly number[] {
  const near = [1, page - 1, page, page + 1, pageCount].filter((n) => n >= 1 && n <= pageCount);
  const sorted = [...new Set(near)].sort((a, b) => a - b);
  return sorted.flatMap((n, index) => {
    const before = sorted[index - 1];
    if (before === undefined || n - before === 1) return [n];
    return n - before === 2 ? [n - 1, n] : [0, n];
  });
}

interface PagingProps {
  readonly page: number;
  readonly pageCount: number;
  readonly labels: {
    readonly pages: string;
    readonly previous: string;
    readonly next: string;
    readonly page: (n: number) => string;
  };
  readonly format: (n: number) => string;
  /** A link to a page, rendered by the caller, which knows the address. */
  readonly link: (page: number, props: PageLinkProps) => ReactNode;
}
export interface PageLinkProps {
  readonly className: string;
  readonly "aria-label": string;
  readonly "aria-current"?: "page";
  readonly children: ReactNode;
}

const pageLinkClass =
  "inline-flex h-8 min-w-8 items-center justify-center rounded-sm px-1.5 text-text-2 tabular-nums no-underline hover:bg-accent-soft aria-[current=page]:font-bold aria-[current=page]:text-text aria-[current=page]:shadow-[inset_0_-2px_var(--color-accent)]";

export function Paging({ page, pageCount, labels, format, link }: PagingProps) {
  if (pageCount <= 1) return null;
  const icon = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;
  return (
    <nav className="flex flex-wrap items-center gap-0.5" aria-label={labels.pages}>
      {page > 1
        ? link(page - 1, {
            className: pageLinkClass,
            "aria-label": labels.previous,
            children: <ChevronLeft {...icon} />,
          })
        : null}
      {namedPages(page, pageCount).map((n, index) =>
        n === 0 ? (
          <span key={`gap${index}`} className="min-w-6 text-center text-text-3" aria-hidden="true">
            …
          </span>
        ) : (
          <span key={n}>
            {link(n, {
              className: pageLinkClass,
              "aria-label": labels.page(n),
              ...(n === page ? { "aria-current": "page" as const } : {}),
              children: format(n),
            })}
          </span>
        ),
      )}
      {page < pageCount
        ? link(page + 1, { className: pageLinkClass, "aria-label": labels.next, children: <ChevronRight {...icon} /> })
        : null}
    </nav>
  );
}
