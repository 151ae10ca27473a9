import type { ComponentProps } from "react";

/** For a part of a form that is no control with a label. What stands in it has a small distance from what is above. */
export const fieldClass =
  "mt-5 min-w-0 [&>*+*]:mt-1 data-invalid:border-s-3 data-invalid:border-high data-invalid:ps-3";

interface FieldSetProps extends ComponentProps<"fieldset"> {
  readonly legend: string;
  readonly isInvalid?: boolean;
}

/** Controls that belong together, under one name. */
export function FieldSet({ legend, isInvalid = false, children, ...rest }: FieldSetProps) {
  return (
    <fieldset className={fieldClass} data-invalid={isInvalid ? "" : undefined} {...rest}>
      <legend className="block font-bold">{legend}</legend>
      {children}
    </fieldset>
  );
}
