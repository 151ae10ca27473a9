import { getRouteApi } from "@tanstack/react-router";
import { type Target, targetSigns } from "@wsc-dashboard/wsc-core";
import { useId } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import type { TargetSearch } from "./target-search.ts";

const route = getRouteApi("/targets");

interface TargetFiltersProps {
  readonly search: TargetSearch;
  readonly targets: readonly Target[];
}

/** Search and filter; both stand in the address. */
export function TargetFilters({ search, targets }: TargetFiltersProps) {
  const { targets: words } = useMessages();
  const { number } = useFormats();
  const navigate = route.useNavigate();
  const ids = { search: useId(), show: useId() };
  const change = (next: Partial<Record<"q" | "show", string>>): void => {
    void navigate({
      search: ({ page: _, ...now }) => ({ ...now, ...next }) as TargetSearch,
      replace: true,
    });
  };
  return (
    <search className="filters">
      <div className="w-104 max-w-full">
        <label className="visually-hidden" htmlFor={ids.search}>
          {words.search}
        </label>
        <input
          id={ids.search}
          className="input"
          type="search"
          value={search.q ?? ""}
          placeholder={words.searchHint}
          autoComplete="off"
          maxLength={300}
          data-search=""
          onChange={({ target }) => change({ q: target.value })}
        />
      </div>
      <div className="filter-status">
        <label className="label" htmlFor={ids.show}>
          {words.show}
        </label>
        <select
          id={ids.show}
          className="select"
          value={search.show ?? ""}
          onChange={({ target }) => change({ show: target.value })}
        >
          <option value="">{words.showAll(number(targets.length))}</option>
          {targetSigns.map((sign) => {
            const count = targets.filter(({ signs }) => signs.includes(sign)).length;
            return (
              <option key={sign} value={sign}>
                {words.signOption(words.signs[sign], number(count))}
              </option>
            );
          })}
        </select>
      </div>
    </search>
  );
}
