import { Button } from "../ui/button.tsx";
import { Input } from "../ui/control.tsx";
import { Field, type FieldProps } from "./field.tsx";

interface OwnerFieldProps extends Omit<FieldProps, "children" | "after"> {
  readonly value: string;
  readonly maxLength: number;
  /** The id of a `datalist`. */
  readonly suggestions?: string;
  /** The button that enters the person's own name. */
  readonly me: { readonly label: string; readonly name: string };
  readonly onChange: (owner: string) => void;
}

/** Whose something is: a name, with a button for one's own. */
export function OwnerField({ value, maxLength, suggestions, me, onChange, ...field }: OwnerFieldProps) {
  return (
    <Field {...field}>
      {(control) => (
        <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
          <Input
            {...control}
            className="min-w-40 flex-1"
            list={suggestions}
            autoComplete="off"
            maxLength={maxLength}
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
          <Button onClick={() => onChange(me.name)}>{me.label}</Button>
        </span>
      )}
    </Field>
  );
}
