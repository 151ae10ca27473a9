import { Plus, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { FieldErrors } from "../forms/field-errors.tsx";
import { FieldSet } from "../forms/field-set.tsx";
import { useMessages } from "../messages/messages-context.tsx";
import { Actions } from "../ui/actions.tsx";
import { Button, iconButtonClass } from "../ui/button.tsx";
import { Input } from "../ui/control.tsx";
import type { NamedRow } from "./sign-in-entry.ts";

interface NamedRowsProps {
  readonly legend: string;
  readonly anchor: string;
  readonly rows: readonly NamedRow[];
  readonly onChange: (rows: readonly NamedRow[]) => void;
  readonly onBlur: () => void;
  readonly addWord: string;
  /** Suggested names; others can be typed. */
  readonly knownNames?: readonly string[];
  readonly errors?: readonly string[];
  readonly children?: ReactNode;
}

/** Names with a secret value each: values are masked until revealed. */
export function NamedRows({
  legend,
  anchor,
  rows,
  onChange,
  onBlur,
  addWord,
  knownNames = [],
  errors = [],
  children,
}: NamedRowsProps) {
  const { create } = useMessages();
  const [areShown, setShown] = useState(false);
  const list = `${anchor}-names`;
  const add = (): void =>
    onChange([...rows, { id: Math.max(0, ...rows.map(({ id }) => id)) + 1, name: "", value: "" }]);
  return (
    <FieldSet
      id={anchor}
      tabIndex={-1}
      legend={legend}
      isInvalid={errors.length > 0}
      aria-describedby={errors.length > 0 ? `${anchor}-error` : undefined}
    >
      {children}
      <div className="grid gap-2">
        {rows.map((row, index) => (
          <NamedRowFields
            key={row.id}
            position={index + 1}
            row={row}
            list={knownNames.length > 0 ? list : undefined}
            isShown={areShown}
            onChange={(part) => onChange(rows.map((other) => (other.id === row.id ? { ...other, ...part } : other)))}
            onBlur={onBlur}
            onRemove={() => onChange(rows.filter(({ id }) => id !== row.id))}
          />
        ))}
      </div>
      {knownNames.length > 0 ? (
        <datalist id={list}>
          {knownNames.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      ) : null}
      <FieldErrors id={`${anchor}-error`} errors={errors} />
      <Actions>
        <Button onClick={add}>
          <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
          {addWord}
        </Button>
        {rows.length > 0 ? (
          <Button variant="quiet" aria-pressed={areShown} onClick={() => setShown(!areShown)}>
            {areShown ? create.hide : create.reveal}
          </Button>
        ) : null}
      </Actions>
    </FieldSet>
  );
}

interface NamedRowFieldsProps {
  /** Counted from 1. */
  readonly position: number;
  readonly row: NamedRow;
  /** The id of the datalist of suggested names. */
  readonly list: string | undefined;
  readonly isShown: boolean;
  readonly onChange: (part: Partial<NamedRow>) => void;
  readonly onBlur: () => void;
  readonly onRemove: () => void;
}

function NamedRowFields({ position, row, list, isShown, onChange, onBlur, onRemove }: NamedRowFieldsProps) {
  const { create } = useMessages();
  const name = create.headerName(position);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)_auto] items-center gap-2 max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:[&>:nth-child(2)]:col-start-1 max-sm:[&>:nth-child(2)]:row-start-2">
      <Input
        aria-label={name}
        placeholder={create.nameColumn}
        list={list}
        value={row.name}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        translate="no"
        onChange={({ target }) => onChange({ name: target.value })}
        onBlur={onBlur}
        className="mono"
      />
      <Input
        aria-label={create.headerValue(position)}
        placeholder={create.valueColumn}
        type={isShown ? "text" : "password"}
        value={row.value}
        autoComplete="off"
        spellCheck={false}
        translate="no"
        data-secret=""
        onChange={({ target }) => onChange({ value: target.value })}
        onBlur={onBlur}
        className="mono"
      />
      <button
        type="button"
        className={iconButtonClass}
        aria-label={create.removeHeader(row.name === "" ? name : row.name)}
        onClick={onRemove}
      >
        <X size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}
