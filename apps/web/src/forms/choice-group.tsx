import { type ReactNode, useId } from "react";
import { ChoiceLine } from "../ui/choice-line.tsx";
import { FieldErrors } from "./field-errors.tsx";
import { FieldSet } from "./field-set.tsx";

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly name: string;
  readonly hint?: string;
}

interface ChoiceGroupProps<Value extends string> {
  readonly legend: string;
  readonly anchor: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly errors?: readonly string[];
  readonly children?: ReactNode;
}

/** Radio buttons, each with a sentence on its effect. */
export function ChoiceGroup<Value extends string>({
  legend,
  anchor,
  choices,
  value,
  onChange,
  errors = [],
  children,
}: ChoiceGroupProps<Value>) {
  const id = useId();
  return (
    <FieldSet id={anchor} legend={legend} tabIndex={-1} aria-describedby={errors.length > 0 ? `${id}error` : undefined}>
      {/* Names alone fit into a row. */}
      <div className={choices.some(({ hint }) => hint) ? "[&>*+*]:mt-1" : "flex flex-wrap gap-x-6"}>
        {choices.map((choice) => (
          <ChoiceLine key={choice.value}>
            <input
              id={`${id}${choice.value}`}
              type="radio"
              name={id}
              checked={choice.value === value}
              aria-describedby={choice.hint ? `${id}${choice.value}hint` : undefined}
              onChange={() => onChange(choice.value)}
            />
            <label htmlFor={`${id}${choice.value}`}>{choice.name}</label>
            {choice.hint ? (
              <p id={`${id}${choice.value}hint`} className="max-w-168 text-text-2">
                {choice.hint}
              </p>
            ) : null}
          </ChoiceLine>
        ))}
      </div>
      <FieldErrors id={`${id}error`} errors={errors} />
      {children}
    </FieldSet>
  );
}
