import { useEffect, useRef } from "react";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { linkButtonClass } from "../ui/button.tsx";

export interface SummaryEntry {
  readonly key: string;
  readonly text: string;
  /** The section of the form. */
  readonly where: string;
  readonly onGo: () => void;
}

interface ErrorSummaryProps {
  readonly entries: readonly SummaryEntry[];
  /** Changes with each failed attempt, so that the focus returns here every time. */
  readonly attempt: number;
}

export function ErrorSummary({ entries, attempt }: ErrorSummaryProps) {
  const { create } = useMessages();
  const { bracketed } = useFormats();
  const ref = useRef<HTMLElement>(null);
  const isShown = entries.length > 0;
  useEffect(() => {
    if (attempt > 0 && isShown) ref.current?.focus();
  }, [attempt, isShown]);
  if (!isShown) return null;
  return (
    <section
      ref={ref}
      className="mb-4 border-s-3 border-high bg-high-soft px-4 py-3"
      role="alert"
      tabIndex={-1}
      aria-labelledby="error-summary-title"
    >
      <h2 id="error-summary-title" className="text-h3 text-high-text leading-6.5">
        {create.errorSummary(entries.length)}
      </h2>
      <ul>
        {entries.map(({ key, text, where, onGo }) => (
          <li className="mt-1" key={key}>
            <button type="button" className={linkButtonClass} onClick={onGo}>
              {text}
            </button>
            <span className="text-text-3">{bracketed(where)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
