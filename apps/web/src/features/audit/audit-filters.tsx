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

/** A form of its own: nothing is asked for while somebody types, and Enter is enough. */
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
  const time = { type: "datetime-local", max: "9999-12-31T23:59" } as const;
  return (
    <search aria-label={audit.filters}>
      {/* Made anew when the address changes, so that the fields say what is shown. */}
      <form className="audit-filters" key={JSON.stringify([filter, zone])} onSubmit={submit}>
        <FilterField label={audit.who}>
          {(id) => (
            <input
              id={id}
              name="actor"
              className="input"
              defaultValue={filter.actor}
              placeholder={audit.actorHint}
              maxLength={300}
              autoComplete="off"
              spellCheck={false}
              data-search=""
            />
          )}
        </FilterField>
        <FilterField label={audit.what}>
          {(id) => (
            <select id={id} name="action" className="select" defaultValue={filter.action ?? ""}>
              <option value="">{audit.anyAction}</option>
              {auditActions.map((action) => (
                <option key={action} value={action}>
                  {audit.actions[action]}
                </option>
              ))}
            </select>
          )}
        </FilterField>
        <FilterField label={audit.about}>
          {(id) => (
            <input
              id={id}
              name="target"
              className="input"
              defaultValue={filter.target}
              placeholder={audit.targetHint}
              maxLength={300}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </FilterField>
        <FilterField label={audit.result}>
          {(id) => (
            <select id={id} name="result" className="select" defaultValue={filter.result ?? ""}>
              <option value="">{audit.anyResult}</option>
              {auditResults.map((result) => (
                <option key={result} value={result}>
                  {audit.results[result]}
                </option>
              ))}
            </select>
          )}
        </FilterField>
        <FilterField label={audit.from}>
          {(id) => (
            <input id={id} name="from" className="input" {...time} defaultValue={localTimeIn(filter.from, zone)} />
          )}
        </FilterField>
        <FilterField label={audit.to}>
          {(id) => <input id={id} name="to" className="input" {...time} defaultValue={localTimeIn(filter.to, zone)} />}
        </FilterField>
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
