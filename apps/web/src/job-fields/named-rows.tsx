import { Plus, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { FieldErrors } from "../forms/field-errors.tsx";
import { useMessages } from "../messages/messages-context.tsx";
import { Button } from "../ui/button.tsx";
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
    <fieldset
      id={anchor}
      tabIndex={-1}
      className={errors.length > 0 ? "field fieldset field-invalid" : "field fieldset"}
      aria-describedby={errors.length > 0 ? `${anchor}-error` : undefined}
    >
      <legend className="label">{legend}</legend>
      {children}
      <div className="header-rows">
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
      <div className="actions">
        <Button onClick={add}>
          <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
          {addWord}
        </Button>
        {rows.length > 0 ? (
          <Button variant="quiet" aria-pressed={areShown} onClick={() => setShown(!areShown)}>
            {areShown ? create.hide : create.reveal}
          </Button>
        ) : null}
      </div>
    </fieldset>
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
    <div className="header-row">
      <input
        className="input mono"
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
      />
      <input
        className="input mono"
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
      />
      <button
        type="button"
        className="icon-button"
        aria-label={create.removeHeader(row.name === "" ? name : row.name)}
        onClick={onRemove}
      >
        <X size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}
