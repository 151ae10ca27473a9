import { getRouteApi } from "@tanstack/react-router";
import { type Severity, severities } from "@wsc-dashboard/wsc-core";
import { useCallback } from "react";
import { FindingGroupingSelect } from "../../domain-ui/finding-grouping-select.tsx";
import { SeverityShape } from "../../domain-ui/severity-mark.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useVerdictWords } from "../../messages/verdict-words.ts";
import { Button } from "../../ui/button.tsx";
import { toggled, writeChoices } from "../../ui/choice-list.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { LazyViewMenu } from "../../views/lazy-view-menu.ts";
import { ActiveFilter } from "./active-filter.tsx";
import { FacetMenu } from "./facet-menu.tsx";
import { facetLabel, facetValueName } from "./filter-words.ts";
import type { SiftedFindings } from "./finding-sieve.ts";
import {
  compactReportSearch,
  type FacetName,
  facetNames,
  isFiltered,
  type ReportSearch,
  type ReportSearchPart,
  readReportSearch,
  readSeverities,
  withoutFilters,
} from "./report-search.ts";
import { TextFilter } from "./text-filter.tsx";

const route = getRouteApi("/jobs/$instanceNo/report");

interface FindingFiltersProps {
  readonly search: ReportSearch;
  readonly sifted: SiftedFindings;
  readonly total: number;
}

export function FindingFilters({ search, sifted, total }: FindingFiltersProps) {
  const { report, compare } = useMessages();
  const verdictWords = useVerdictWords();
  const { number } = useFormats();
  const navigate = route.useNavigate();
  const chosen = readSeverities(search.sev);
  const { found, facets } = sifted;
  const change = (next: (now: ReportSearch) => ReportSearch): void => {
    // Applied to the current address: a debounced change must not undo a later one.
    void navigate({ search: next, replace: true, resetScroll: false, hash: "" });
  };
  const openView = useCallback(
    (next: Readonly<Record<string, string>>) =>
      void navigate({ search: readReportSearch(next), replace: true, resetScroll: false, hash: "" }),
    [navigate],
  );
  const put = (part: ReportSearchPart): void => change((now) => compactReportSearch({ ...now, ...part }));
  const toggle = (severity: Severity): void => put({ sev: writeChoices(severities, toggled(chosen, severity)) });
  const chosenFacets = facetNames.filter((name) => search[name] !== undefined);
  // A facet with one value is useless, unless it is selected.
  const offered = facetNames.filter((name) => facets[name].size > 1 || search[name] !== undefined);
  return (
    <search className="flex flex-wrap items-center gap-x-5 gap-y-2 bg-canvas py-3 lg:sticky lg:top-12 lg:z-2 print:hidden">
      <fieldset className="-ms-1.5 flex flex-wrap gap-1">
        <legend className="sr-only">{report.filterSeverity}</legend>
        {severities.map((severity) => (
          <Toggle
            key={severity}
            aria-label={report.severityName[severity]}
            checked={chosen.includes(severity)}
            onChange={() => toggle(severity)}
          >
            <SeverityShape severity={severity} />
            <span aria-hidden="true">{report.severity[severity]}</span>
            <span className="text-text-3 tabular-nums" aria-hidden="true">
              {number(facets.severity.get(severity) ?? 0)}
            </span>
          </Toggle>
        ))}
      </fieldset>
      {offered.map((name) => (
        <Facet
          key={name}
          name={name}
          sifted={sifted}
          chosen={search[name]}
          onChoose={(value) => put({ [name]: value })}
        />
      ))}
      {facets.verdict.size > 1 || search.decided !== undefined ? (
        <Toggle
          checked={search.decided !== undefined}
          onChange={({ target }) => put({ decided: target.checked ? "without" : undefined })}
        >
          {verdictWords.hideSettled}
        </Toggle>
      ) : null}
      <TextFilter q={search.q ?? ""} onFilter={(q) => put({ q: q === "" ? undefined : q })} />
      <FindingGroupingSelect
        value={search.group ?? "severity"}
        onChange={(group) => put({ group: group === "none" || group === "severity" ? undefined : group })}
      />
      <LazyViewMenu list="findings" search={search} onOpen={openView} />
      <span className="text-text-3" role="status">
        {sifted.isComplete ? report.shown(number(found.length), number(total)) : report.sifting}
      </span>
      {chosenFacets.map((name) => (
        <ActiveFilter
          key={name}
          label={facetLabel(name, report, verdictWords)}
          word={facetValueName(name, search[name] ?? "", { compare, verdictWords })}
          onDrop={() => put({ [name]: undefined })}
        />
      ))}
      {isFiltered(search) ? (
        <Button variant="quiet" onClick={() => change(withoutFilters)}>
          {report.clearFilters}
        </Button>
      ) : null}
    </search>
  );
}

interface FacetProps {
  readonly name: FacetName;
  readonly sifted: SiftedFindings;
  readonly chosen: string | undefined;
  readonly onChoose: (value: string | undefined) => void;
}

function Facet({ name, sifted, chosen, onChoose }: FacetProps) {
  const { report, compare } = useMessages();
  const verdictWords = useVerdictWords();
  const nameOf = (value: string): string => withVisibleControls(facetValueName(name, value, { compare, verdictWords }));
  return (
    <FacetMenu
      label={facetLabel(name, report, verdictWords)}
      counts={sifted.facets[name]}
      chosen={chosen}
      nameOf={nameOf}
      onChoose={onChoose}
    />
  );
}
