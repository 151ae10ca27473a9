import { Plus, X } from "lucide-react";
import { type ReactNode, useState } from "react";
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
  /** Names to choose from; others can be typed. */
  readonly knownNames?: readonly string[];
  readonly errors?: readonly string[];
  readonly children?: ReactNode;
}

/** Names with a secret value each: values are masked until somebody asks to see them. */
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
  const put = (id: number, part: Partial<NamedRow>): void =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
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
          <div key={row.id} className="header-row">
            <input
              className="input mono"
              aria-label={create.headerName(index + 1)}
              placeholder={create.nameColumn}
              list={knownNames.length > 0 ? list : undefined}
              value={row.name}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              translate="no"
              onChange={({ target }) => put(row.id, { name: target.value })}
              onBlur={onBlur}
            />
            <input
              className="input mono"
              aria-label={create.headerValue(index + 1)}
              placeholder={create.valueColumn}
              type={areShown ? "text" : "password"}
              value={row.value}
              autoComplete="off"
              spellCheck={false}
              translate="no"
              data-secret=""
              onChange={({ target }) => put(row.id, { value: target.value })}
              onBlur={onBlur}
            />
            <button
              type="button"
              className="icon-button"
              aria-label={create.removeHeader(row.name === "" ? create.headerName(index + 1) : row.name)}
              onClick={() => onChange(rows.filter(({ id }) => id !== row.id))}
            >
              <X size={16} strokeWidth={1.75} aria-hidden="true" />
            </button>
          </div>
        ))}
      </div>
      {knownNames.length > 0 ? (
        <datalist id={list}>
          {knownNames.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      ) : null}
      {errors.length > 0 ? (
        <div id={`${anchor}-error`} className="field-errors">
          {errors.map((error) => (
            <p key={error}>{error}</p>
          ))}
        </div>
      ) : null}
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
