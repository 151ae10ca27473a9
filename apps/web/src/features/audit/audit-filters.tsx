import { type AuditResult, auditActions, auditResults, localTimeOf, readLocalTime } from "@wsc-dashboard/wsc-core";
import { type FormEvent, type ReactNode, useId } from "react";
import type { AuditArguments } from "../../api/audit-queries.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";

interface AuditFiltersProps {
  readonly filter: AuditArguments;
  readonly isFiltered: boolean;
  readonly onChange: (filter: AuditArguments) => void;
}

const localTimeIn = (instant: string | undefined, zone: string): string =>
  instant === undefined ? "" : localTimeOf(new Date(instant), zone).localTime;

const instantIn = (localTime: string, zone: string): string | undefined =>
  readLocalTime(localTime.slice(0, 16), zone).instant?.toISOString();

/** A form: no request while typing; Enter submits. */
export function AuditFilters({ filter, isFiltered, onChange }: AuditFiltersProps) {
  const { audit } = useMessages();
  const { zone } = useFormats();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const text = (name: string): string | undefined => String(values.get(name) ?? "").trim() || undefined;
    onChange({
      actor: text("actor"),
      action: text("action"),
      target: text("target"),
      result: text("result") as AuditResult | undefined,
      from: instantIn(text("from") ?? "", zone),
      to: instantIn(text("to") ?? "", zone),
    });
  };
  return (
    <search aria-label={audit.filters}>
      {/* The key remounts the form when the address changes, so that the fields match what is shown. */}
      <form className="audit-filters" key={JSON.stringify([filter, zone])} onSubmit={submit}>
        <TextFilter label={audit.who} name="actor" value={filter.actor} placeholder={audit.actorHint} isSearchField />
        <SelectFilter
          label={audit.what}
          name="action"
          value={filter.action}
          anyText={audit.anyAction}
          choices={auditActions.map((action) => [action, audit.actions[action]])}
        />
        <TextFilter label={audit.about} name="target" value={filter.target} placeholder={audit.targetHint} />
        <SelectFilter
          label={audit.result}
          name="result"
          value={filter.result}
          anyText={audit.anyResult}
          choices={auditResults.map((result) => [result, audit.results[result]])}
        />
        <TimeFilter label={audit.from} name="from" value={localTimeIn(filter.from, zone)} />
        <TimeFilter label={audit.to} name="to" value={localTimeIn(filter.to, zone)} />
        <div className="actions">
          <Button type="submit">{audit.apply}</Button>
          {isFiltered ? (
            <Button variant="quiet" onClick={() => onChange({})}>
              {audit.clear}
            </Button>
          ) : null}
          <span className="muted">{audit.timesIn(zone)}</span>
        </div>
      </form>
    </search>
  );
}

interface FilterProps {
  readonly label: string;
  readonly name: string;
  readonly value: string | undefined;
}

interface TextFilterProps extends FilterProps {
  readonly placeholder: string;
  /** Whether the search shortcut focuses this field. */
  readonly isSearchField?: boolean;
}

function TextFilter({ label, name, value, placeholder, isSearchField = false }: TextFilterProps) {
  return (
    <FilterField label={label}>
      {(id) => (
        <input
          id={id}
          name={name}
          className="input"
          defaultValue={value}
          placeholder={placeholder}
          maxLength={300}
          autoComplete="off"
          spellCheck={false}
          data-search={isSearchField ? "" : undefined}
        />
      )}
    </FilterField>
  );
}

interface SelectFilterProps extends FilterProps {
  readonly anyText: string;
  readonly choices: readonly (readonly [value: string, text: string])[];
}

function SelectFilter({ label, name, value = "", anyText, choices }: SelectFilterProps) {
  return (
    <FilterField label={label}>
      {(id) => (
        <select id={id} name={name} className="select" defaultValue={value}>
          <option value="">{anyText}</option>
          {choices.map(([choice, text]) => (
            <option key={choice} value={choice}>
              {text}
            </option>
          ))}
        </select>
      )}
    </FilterField>
  );
}

function TimeFilter({ label, name, value }: FilterProps) {
  return (
    <FilterField label={label}>
      {(id) => (
        <input
          id={id}
          name={name}
          className="input"
          type="datetime-local"
          max="9999-12-31T23:59"
          defaultValue={value}
        />
      )}
    </FilterField>
  );
}

function FilterField({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="audit-filter">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </div>
  );
}
