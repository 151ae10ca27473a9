import type { ComponentProps, ReactNode } from "react";

interface ToggleProps extends Omit<ComponentProps<"input">, "type" | "className"> {
  /** On a line of its own, aligned with the text above; otherwise one of several in a row. */
  readonly isLine?: boolean;
  /** What it says. */
  readonly children: ReactNode;
}

/** A checkbox with its label around it. With a sentence below it, take `ChoiceLine`. */
export function Toggle({ isLine = false, children, ...input }: ToggleProps) {
  return (
    <label
      className={`cursor-pointer items-center ${isLine ? "mt-3 flex gap-2.5" : "inline-flex min-h-8 gap-1.5 px-1.5 whitespace-nowrap"}`}
    >
      <input {...input} type="checkbox" className="size-4.5 flex-none accent-accent" />
      {children}
    </label>
  );
}
