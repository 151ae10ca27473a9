import type { ReactNode } from "react";

/** One checkbox or radio button with its label, and below the label what is said about it. */
export function ChoiceLine({ children }: { readonly children: ReactNode }) {
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 py-1 [&>:is(p,div)]:col-start-2 [&>input]:mt-0.5 [&>input]:size-4.5 [&>input]:accent-accent [&>label]:min-h-6">
      {children}
    </div>
  );
}
