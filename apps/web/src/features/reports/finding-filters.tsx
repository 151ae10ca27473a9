import { getRouteApi } from "@tanstack/react-router";
import { type Severity, severities } from "@wsc-dashboard/wsc-core";
import { FindingGroupingSelect } from "../../domain-ui/finding-grouping-select.tsx";
import { SeverityShape } from "../../domain-ui/severity-mark.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { toggled, writeChoices } from "../../ui/choice-list.ts";
import { ActiveFilter } from "./active-filter.tsx";
import { compactReportSearch, isFiltered, type ReportSearch, readSeverities, withoutFilters } from "./report-search.ts";
import { TextFilter } from "./text-filter.tsx";

const route = getRouteApi("/jobs/$instanceNo/report");

interface FindingFiltersProps {
  readonly search: ReportSearch;
  readonly shown: number;
  readonly total: number;
}

export function FindingFilters({ search, shown, total }: FindingFiltersProps) {
  const { report } = useMessages();
  const { number } = useFormats();
  const navigate = route.useNavigate();
  const chosen = readSeverities(search.sev);
  const change = (next: (now: ReportSearch) => ReportSearch): void => {
    // Laid over the address as it is now: a change that waited for the last key must not undo a later one.
    void navigate({ search: next, replace: true, resetScroll: false, hash: "" });
  };
  const put = (part: { readonly [Name in keyof ReportSearch]: ReportSearch[Name] | undefined }): void =>
    change((now) => compactReportSearch({ ...now, ...part }));
  const toggle = (severity: Severity): void => put({ sev: writeChoices(severities, toggled(chosen, severity)) });
  const chosenWords = (["item", "domain"] as const).filter((name) => search[name] !== undefined);
  return (
    <search className="filters no-print">
      <fieldset className="filter-severities">
        <legend className="visually-hidden">{report.filterSeverity}</legend>
        {severities.map((severity) => (
          <label key={severity} className="toggle">
            <input
              type="checkbox"
              aria-label={report.severityName[severity]}
              checked={chosen.includes(severity)}
              onChange={() => toggle(severity)}
            />
            <SeverityShape severity={severity} />
            <span aria-hidden="true">{report.severity[severity]}</span>
          </label>
        ))}
      </fieldset>
      <TextFilter q={search.q ?? ""} onFilter={(q) => put({ q: q === "" ? undefined : q })} />
      <FindingGroupingSelect
        value={search.group ?? "severity"}
        onChange={(group) => put({ group: group === "none" || group === "severity" ? undefined : group })}
      />
      <span className="muted" role="status">
        {report.shown(number(shown), number(total))}
      </span>
      {chosenWords.map((name) => (
        <ActiveFilter
          key={name}
          label={report[name]}
          word={search[name] ?? ""}
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
