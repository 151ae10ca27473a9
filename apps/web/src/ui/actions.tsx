import type { ReactNode } from "react";

interface ActionsProps {
  /** Beside what is higher than they are. */
  readonly isTop?: boolean;
  /** Where it stands; its look is fixed. */
  readonly className?: string;
  readonly children?: ReactNode;
}

/** Buttons and links side by side, with what is said about them. */
export function Actions({ isTop = false, className = "", children }: ActionsProps) {
  return (
    <div className={`flex flex-wrap gap-2 print:hidden ${isTop ? "items-start" : "items-center"} ${className}`}>
      {children}
    </div>
  );
}
