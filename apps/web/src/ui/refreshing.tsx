import type { ReactNode } from "react";

/** What is about to be replaced stays legible: a line above it says so, not paler text. */
export function Refreshing({ isOn, children }: { readonly isOn: boolean; readonly children: ReactNode }) {
  return (
    <div className={isOn ? lineClass : undefined} aria-busy={isOn}>
      {children}
    </div>
  );
}

/** A border, not a ground: forced colours keep it. */
const lineClass =
  "relative before:absolute before:inset-x-0 before:top-0 before:z-1 before:border-t-2 before:border-accent motion-safe:before:w-3/10 motion-safe:before:animate-sweep";
