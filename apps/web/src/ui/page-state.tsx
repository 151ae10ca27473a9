import type { ReactNode } from "react";

interface PageStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly headingLevel?: 1 | 2;
}

/** Placeholder for content: one sentence, and what to do. */
export function PageState({ title, children, actions, headingLevel = 2 }: PageStateProps) {
  const Heading = headingLevel === 1 ? "h1" : "h2";
  return (
    <section className="page-state">
      <Heading className={headingLevel === 1 ? "h1" : "h2"}>{title}</Heading>
      {children}
      {actions ? <div className="actions">{actions}</div> : null}
    </section>
  );
}
