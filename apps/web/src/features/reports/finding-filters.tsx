import { getRouteApi } from "@tanstack/react-router";
import { type Severity, severities } from "@wsc-dashboard/wsc-core";
import { X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { SeverityShape } from "../../ui/severity-mark.tsx";
import {
  compactReportSearch,
  isFiltered,
  type ReportSearch,
  readSeverities,
  reportGroups,
  withoutFilters,
  writeSeverities,
} from "./report-search.ts";

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
  const id = useId();
  const chosen = readSeverities(search.sev);
  const change = (next: (now: ReportSearch) => ReportSearch): void => {
    // Laid over the address as it is now: a change that waited for the last key must not undo a later one.
    void navigate({ search: next, replace: true, resetScroll: false, hash: "" });
  };
  const put = (part: { readonly [Name in keyof ReportSearch]: ReportSearch[Name] | undefined }): void =>
    change((now) => compactReportSearch({ ...now, ...part }));
  const toggle = (severity: Severity): void => {
    const next = chosen.includes(severity) ? chosen.filter((one) => one !== severity) : [...chosen, severity];
    put({ sev: writeSeverities(next) });
  };
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
      <div className="filter-status">
        <label className="label" htmlFor={id}>
          {report.groupBy}
        </label>
        <select
          id={id}
          className="select"
          value={search.group ?? "severity"}
          onChange={({ target }) => {
            const group = reportGroups.find((known) => known === target.value);
            put({ group: group === "severity" ? undefined : group });
          }}
        >
          {reportGroups.map((group) => (
            <option key={group} value={group}>
              {report.groups[group]}
            </option>
          ))}
        </select>
      </div>
      <span className="muted" role="status">
        {report.shown(number(shown), number(total))}
      </span>
      {chosenWords.map((name) => (
        <FilterWord
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

interface FilterWordProps {
  readonly label: string;
  readonly word: string;
  readonly onDrop: () => void;
}

/** One check or domain the findings are narrowed to; pressing it takes that back. */
function FilterWord({ label, word, onDrop }: FilterWordProps) {
  const { report, shell } = useMessages();
  const text = withVisibleControls(word);
  return (
    <button type="button" className="filter-word" aria-label={report.dropFilter(label, text)} onClick={onDrop}>
      <bdi translate="no">{shell.labelled(label, text)}</bdi>
      <X size={14} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}

function TextFilter({ q, onFilter }: { readonly q: string; readonly onFilter: (q: string) => void }) {
  const { report } = useMessages();
  const [text, setText] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(q);
  useEffect(() => {
    if (q === sent.current) return;
    sent.current = q;
    setText(q);
  }, [q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <input
      type="search"
      className="input"
      data-search=""
      aria-label={report.filterText}
      placeholder={report.filterPlaceholder}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          sent.current = target.value.trim();
          onFilter(sent.current);
        }, 250);
      }}
    />
  );
}
