import type { ComponentProps } from "react";

const controlClass =
  "min-h-8 rounded-md border border-control bg-surface px-2 py-1 text-text placeholder:text-text-3 [&[readonly]]:bg-sunken in-data-invalid:border-high";

interface WidthProps {
  /** As wide as what is typed into it usually is, instead of filling its place. */
  readonly isShort?: boolean;
}

const widthClassOf = (isShort: boolean): string => (isShort ? "max-w-full" : "w-full");

export function Input({ isShort = false, className = "", ...rest }: ComponentProps<"input"> & WidthProps) {
  return <input {...rest} className={`${controlClass} leading-5 ${widthClassOf(isShort)} ${className}`} />;
}

export function TextArea({ className = "", ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} className={`${controlClass} w-full resize-y leading-6 ${className}`} />;
}

/** As wide as its longest choice, unless its place is narrower. */
export function Select({ className = "", ...rest }: ComponentProps<"select">) {
  return <select {...rest} className={`${controlClass} max-w-full leading-5 ${className}`} />;
}
