import type { ComponentProps } from "react";

/** A file to choose. The browser names button and file in its own language. */
export function FileInput(props: Omit<ComponentProps<"input">, "type" | "className">) {
  return (
    <input
      {...props}
      type="file"
      className="w-full text-text-2 file:me-3 file:min-h-8 file:cursor-pointer file:rounded-md file:border file:border-solid file:border-control file:bg-surface file:px-3 file:font-bold file:text-text hover:file:bg-accent-soft"
    />
  );
}
