import type { ReactNode } from "react";
import { Actions } from "./actions.tsx";

interface EmptyStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly headingLevel?: 1 | 2;
}

/** Placeholder for content: one sentence, and what to do. */
export function EmptyState({ title, children, actions, headingLevel = 2 }: EmptyStateProps) {
  const Heading = headingLevel === 1 ? "h1" : "h2";
  return (
    <section className="max-w-168 space-y-2 py-10 [&_pre]:bg-sunken [&_pre]:p-3">
      <Heading className={headingLevel === 1 ? "text-h1" : "text-h2"}>{title}</Heading>
      {children}
      {actions ? <Actions className="mt-5">{actions}</Actions> : null}
    </section>
  );
}
