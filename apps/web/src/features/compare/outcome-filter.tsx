import { getRouteApi } from "@tanstack/react-router";
import type { Comparison } from "@wsc-dashboard/wsc-core";
import { FindingGroupingSelect } from "../../domain-ui/finding-grouping-select.tsx";
import type { Grouping } from "../../domain-ui/finding-groups.ts";
import { type Outcome, outcomes } from "../../domain-ui/outcome-mark.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { toggled, writeChoices } from "../../ui/choice-list.ts";
import { Counter } from "../../ui/counter.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { type CompareSearch, readOutcomes } from "./compare-search.ts";

const route = getRouteApi("/compare");

/** Filters a comparison by outcome and groups it; both are kept in the address. */
export function OutcomeFilter({ comparison }: { readonly comparison: Comparison }) {
  const { compare } = useMessages();
  const { number } = useFormats();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const chosen = readOutcomes(search.show);
  const toggle = (outcome: Outcome): void => {
    const show = writeChoices(outcomes, toggled(chosen, outcome));
    void navigate({
      search: ({ show: _, ...rest }: CompareSearch): CompareSearch => (show === undefined ? rest : { ...rest, show }),
      replace: true,
      resetScroll: false,
    });
  };
  const regroup = (group: Grouping | "none"): void => {
    void navigate({
      search: ({ group: _, ...rest }: CompareSearch): CompareSearch => (group === "none" ? rest : { ...rest, group }),
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <search className="flex flex-wrap items-center gap-x-5 gap-y-2 py-3 print:hidden">
      <fieldset className="-ms-1.5 flex flex-wrap gap-1">
        <legend className="sr-only">{compare.show}</legend>
        {outcomes.map((outcome) => (
          <Toggle key={outcome} checked={chosen.includes(outcome)} onChange={() => toggle(outcome)}>
            {compare.outcomes[outcome]} <Counter>{number(comparison[outcome].length)}</Counter>
          </Toggle>
        ))}
      </fieldset>
      <FindingGroupingSelect value={search.group ?? "none"} hasNone onChange={regroup} />
    </search>
  );
}
