import type { ReactNode } from "react";

interface ShapeProps {
  /** Its colour and where it stands. */
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A small sign drawn in the current colour on a field of 16 by 16. It repeats what a text beside it says. */
export function Shape({ className = "", children }: ShapeProps) {
  return (
    <svg
      className={`inline-block size-4 flex-none align-[-0.1875rem] forced-color-adjust-none print:[print-color-adjust:exact] ${className}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}
