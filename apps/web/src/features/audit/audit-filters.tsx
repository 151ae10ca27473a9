import { type AuditResult, auditActions, auditResults, localTimeOf, readLocalTime } from "@wsc-dashboard/wsc-core";
import { type FormEvent, type ReactNode, useId } from "react";
import type { AuditArguments } from "../../api/audit-queries.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { Input, Select } from "../../ui/control.tsx";

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
      <form
        className="grid grid-cols-1 gap-x-4 gap-y-3 py-4 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-6"
        key={JSON.stringify([filter, zone])}
        onSubmit={submit}
      >
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
        <Actions className="col-span-full">
          <Button type="submit">{audit.apply}</Button>
          {isFiltered ? (
            <Button variant="quiet" onClick={() => onChange({})}>
              {audit.clear}
            </Button>
          ) : null}
          <span className="text-text-3">{audit.timesIn(zone)}</span>
        </Actions>
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
        <Input
          id={id}
          name={name}
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
        <Select id={id} name={name} defaultValue={value}>
          <option value="">{anyText}</option>
          {choices.map(([choice, text]) => (
            <option key={choice} value={choice}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </FilterField>
  );
}

function TimeFilter({ label, name, value }: FilterProps) {
  return (
    <FilterField label={label}>
      {(id) => <Input id={id} name={name} type="datetime-local" max="9999-12-31T23:59" defaultValue={value} />}
    </FilterField>
  );
}

function FilterField({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="space-y-1 [&>select]:w-full">
      <label className="block font-bold" htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </div>
  );
}
