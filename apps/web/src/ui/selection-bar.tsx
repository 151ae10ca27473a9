import type { ReactNode } from "react";
import { Button } from "./button.tsx";

interface SelectionBarProps {
  /** Accessible name. */
  readonly label: string;
  /** How many rows are selected. */
  readonly text: string;
  readonly clearText: string;
  readonly onClear: () => void;
  /** What can be done with the selected rows. */
  readonly children: ReactNode;
}

/** Replaces the page's actions while rows are selected; on a narrow screen it stays at the lower edge. */
export function SelectionBar({ label, text, clearText, onClear, children }: SelectionBarProps) {
  return (
    <section
      className="flex flex-wrap items-center gap-2 print:hidden max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-4 max-md:border-t max-md:border-control max-md:bg-raised max-md:px-4 max-md:py-3"
      aria-label={label}
    >
      <strong className="tabular-nums">{text}</strong>
      {children}
      <Button
        variant="quiet"
        onClick={() => {
          // This bar unmounts next; move the focus to a row first.
          document.querySelector<HTMLElement>("[data-select]")?.focus();
          onClear();
        }}
      >
        {clearText}
      </Button>
    </section>
  );
}
