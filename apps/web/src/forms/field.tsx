import { type ReactNode, useId } from "react";
import { useMessages } from "../messages/messages-context.tsx";
import { FieldErrors } from "./field-errors.tsx";
import { fieldClass } from "./field-set.tsx";

export interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong and what to do, one sentence per entry. */
  readonly errors?: readonly string[];
  readonly isRequired?: boolean;
  /** The id that the error summary links to. */
  readonly anchor: string;
  readonly children: (control: ControlProps) => ReactNode;
  readonly after?: ReactNode;
}

export interface ControlProps {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean | undefined;
  readonly "aria-required": boolean | undefined;
}

/** Label, hint and errors of one control, connected by id. */
export function Field({ label, hint, errors = [], isRequired = false, anchor, children, after }: FieldProps) {
  const { create } = useMessages();
  const id = useId();
  const described = [hint ? `${id}hint` : "", errors.length > 0 ? `${id}error` : ""].filter((part) => part !== "");
  return (
    <div className={fieldClass} data-invalid={errors.length > 0 ? "" : undefined}>
      <label className="block font-bold" htmlFor={anchor}>
        {label}
        {isRequired ? <span className="font-normal text-text-3">{create.required}</span> : null}
      </label>
      {hint ? (
        <p id={`${id}hint`} className="max-w-168 text-text-2">
          {hint}
        </p>
      ) : null}
      {children({
        id: anchor,
        "aria-describedby": described.length > 0 ? described.join(" ") : undefined,
        "aria-invalid": errors.length > 0 || undefined,
        "aria-required": isRequired || undefined,
      })}
      <FieldErrors id={`${id}error`} errors={errors} />
      {after}
    </div>
  );
}
