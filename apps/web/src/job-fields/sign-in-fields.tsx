import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { ChoiceGroup } from "../forms/choice-group.tsx";
import { useMessages } from "../messages/messages-context.tsx";
import { Button } from "../ui/button.tsx";
import { anchorOf, type HeaderRow, headersOf, type JobFieldValues } from "./job-field-values.ts";
import { useFieldTexts } from "./use-field-texts.ts";

interface SignInFieldsProps {
  readonly rows: readonly HeaderRow[];
  readonly onRows: (rows: readonly HeaderRow[]) => void;
  /** Why the values are to be entered once more. */
  readonly again?: string | undefined;
  /** What becomes of the values beyond being sent. */
  readonly note?: string | undefined;
}

export function SignInFields({ rows, onRows, again, note }: SignInFieldsProps) {
  const { create } = useMessages();
  const { setValue, trigger, control } = useFormContext<JobFieldValues>();
  const kind = useWatch({ control, name: "signIn.kind" });
  const texts = useFieldTexts();
  const change = (next: readonly HeaderRow[]): void => {
    onRows(next);
    setValue("signIn", { kind: "headers", headers: headersOf(next) }, { shouldDirty: true });
    if (texts("signIn").length > 0) void trigger("signIn");
  };
  const choose = (next: "none" | "headers"): void => {
    if (next === "headers") change(rows);
    else setValue("signIn", { kind: "none" }, { shouldDirty: true, shouldValidate: true });
  };
  return (
    <>
      <ChoiceGroup
        legend={create.signInKind}
        anchor={anchorOf("signIn")}
        value={kind}
        onChange={choose}
        errors={texts("signIn")}
        choices={[
          { value: "none", name: create.signInNone, hint: create.signInNoneHint },
          { value: "headers", name: create.signInHeaders, hint: create.signInHeadersHint },
        ]}
      />
      {kind === "headers" ? (
        <HeaderRows rows={rows} onChange={change} onBlur={() => void trigger("signIn")} again={again} note={note} />
      ) : null}
    </>
  );
}

interface HeaderRowsProps {
  readonly rows: readonly HeaderRow[];
  readonly onChange: (rows: readonly HeaderRow[]) => void;
  readonly onBlur: () => void;
  readonly again: string | undefined;
  readonly note: string | undefined;
}

function HeaderRows({ rows, onChange, onBlur, again, note }: HeaderRowsProps) {
  const { create } = useMessages();
  const [areShown, setShown] = useState(false);
  const put = (id: number, part: Partial<HeaderRow>): void =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  return (
    <fieldset className="field fieldset">
      <legend className="label">{create.headers}</legend>
      {again === undefined ? null : <p className="hint tone-medium">{again}</p>}
      <div className="header-rows">
        {rows.map((row, index) => (
          <div key={row.id} className="header-row">
            <input
              className="input mono"
              aria-label={create.headerName(index + 1)}
              placeholder={create.nameColumn}
              list="header-names"
              value={row.name}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              translate="no"
              onChange={({ target }) => put(row.id, { name: target.value })}
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
      <datalist id="header-names">
        <option value="Cookie" />
        <option value="Authorization" />
        <option value="Accept-Language" />
      </datalist>
      <div className="actions">
        <Button
          onClick={() => onChange([...rows, { id: Math.max(0, ...rows.map(({ id }) => id)) + 1, name: "", value: "" }])}
        >
          <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
          {create.addHeader}
        </Button>
        <Button variant="quiet" aria-pressed={areShown} onClick={() => setShown(!areShown)}>
          {areShown ? create.hide : create.reveal}
        </Button>
      </div>
      <p className="hint">{note ?? create.secretNote}</p>
    </fieldset>
  );
}
