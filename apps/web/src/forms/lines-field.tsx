import { useState } from "react";
import { TextArea } from "../ui/control.tsx";
import { Field } from "./field.tsx";

/** The entries of a text with one entry per line: trimmed, without empty lines and duplicates. */
export function entriesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ""))];
}

interface LinesFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly anchor: string;
  readonly entries: readonly string[];
  readonly onChange: (entries: string[]) => void;
  readonly onBlur?: () => void;
  readonly errors: readonly string[];
  readonly countText: string;
  readonly rows?: number;
}

/** A list typed or pasted as lines. The typed text is kept as it is; the form value is the list of entries. */
export function LinesField({
  label,
  hint,
  anchor,
  entries,
  onChange,
  onBlur,
  errors,
  countText,
  rows = 4,
}: LinesFieldProps) {
  const [text, setText] = useState(entries.join("\n"));
  const [known, setKnown] = useState(entries);
  // The entries were set from outside, by another form or a prefill.
  if (known !== entries && entriesOf(text).join("\n") !== entries.join("\n")) {
    setKnown(entries);
    setText(entries.join("\n"));
  }
  return (
    <Field
      label={label}
      hint={hint}
      anchor={anchor}
      errors={errors}
      after={countText === "" ? null : <p className="max-w-168 text-text-2 tabular-nums">{countText}</p>}
    >
      {(control) => (
        <TextArea
          {...control}
          className="mono"
          rows={rows}
          value={text}
          spellCheck={false}
          autoComplete="off"
          translate="no"
          onChange={({ target }) => {
            setText(target.value);
            onChange(entriesOf(target.value));
          }}
          onBlur={onBlur}
        />
      )}
    </Field>
  );
}
