import { getRouteApi } from "@tanstack/react-router";
import { type Target, targetSigns } from "@wsc-dashboard/wsc-core";
import { type ReactNode, useId } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useTargetDetailWords } from "../../messages/use-target-detail-words.ts";
import { Actions } from "../../ui/actions.tsx";
import { Input, Select } from "../../ui/control.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { knownValues, type TargetSearch } from "./target-search.ts";

const route = getRouteApi("/targets");

interface TargetFiltersProps {
  readonly search: TargetSearch;
  readonly targets: readonly Target[];
  /** What can be done with the targets that are found. */
  readonly children: ReactNode;
}

/** Search and filter; both are kept in the address. */
export function TargetFilters({ search, targets, children }: TargetFiltersProps) {
  const { targets: words } = useMessages();
  const details = useTargetDetailWords();
  const { number } = useFormats();
  const known = knownValues(targets);
  const navigate = route.useNavigate();
  const ids = { search: useId(), show: useId() };
  const change = (next: Partial<Record<"q" | "show" | DescribedFilter, string | undefined>>): void => {
    void navigate({
      search: ({ page: _, ...now }) => ({ ...now, ...next }) as TargetSearch,
      replace: true,
    });
  };
  return (
    <search className="flex flex-wrap items-center gap-x-5 gap-y-2 py-3 print:hidden">
      <div className="min-w-0 max-w-104 flex-[1_1_13rem]">
        <label className="sr-only" htmlFor={ids.search}>
          {words.search}
        </label>
        <Input
          id={ids.search}
          type="search"
          value={search.q ?? ""}
          placeholder={details.searchHint}
          autoComplete="off"
          maxLength={300}
          data-search=""
          onChange={({ target }) => change({ q: target.value })}
        />
      </div>
      <div className="flex items-center gap-2">
        <label className="whitespace-nowrap text-text-2" htmlFor={ids.show}>
          {words.show}
        </label>
        <Select id={ids.show} value={search.show ?? ""} onChange={({ target }) => change({ show: target.value })}>
          <option value="">{words.showAll(number(targets.length))}</option>
          {targetSigns.map((sign) => {
            const count = targets.filter(({ signs }) => signs.includes(sign)).length;
            return (
              <option key={sign} value={sign}>
                {words.signOption(words.signs[sign], number(count))}
              </option>
            );
          })}
        </Select>
      </div>
      {describedFilters.map((name) =>
        known[name].length === 0 && search[name] === undefined ? null : (
          <DescribedSelect
            key={name}
            name={name}
            known={known[name]}
            value={search[name]}
            onChange={(value) => change({ [name]: value })}
          />
        ),
      )}
      <Actions className="ms-auto">{children}</Actions>
    </search>
  );
}

const describedFilters = ["owner", "service", "tag"] as const;
type DescribedFilter = (typeof describedFilters)[number];

interface DescribedSelectProps {
  readonly name: DescribedFilter;
  readonly known: readonly string[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** Option values have a prefix, so that none can be mistaken for "any" or "none". */
function DescribedSelect({ name, known, value, onChange }: DescribedSelectProps) {
  const words = useTargetDetailWords();
  const { any, none, label } = {
    owner: { any: words.anyOwner, none: words.noOwner, label: words.owner },
    service: { any: words.anyService, none: words.noService, label: words.service },
    tag: { any: words.anyTag, none: words.noTags, label: words.tags },
  }[name];
  const options = value === undefined || value === "" || known.includes(value) ? known : [...known, value];
  return (
    <Select
      aria-label={label}
      value={value === undefined ? "" : `=${value}`}
      onChange={({ target }) => onChange(target.value === "" ? undefined : target.value.slice(1))}
      className="max-w-56!"
    >
      <option value="">{any}</option>
      <option value="=">{none}</option>
      {options.map((option) => (
        <option key={option} value={`=${option}`}>
          {withVisibleControls(option)}
        </option>
      ))}
    </Select>
  );
}
