import { jobStatusCodes } from "@wsc-dashboard/wsc-core";
import { type CompositionEvent, useEffect, useId, useRef, useState } from "react";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { isFilteredView, type JobListView, noFilters } from "./job-list-search.ts";
import { PeriodFilter } from "./period-filter.tsx";

const debounceMs = 250;

interface JobFiltersProps {
  readonly list: JobListView;
  readonly onChange: (change: Partial<JobListView>) => void;
}

export function JobFilters({ list, onChange }: JobFiltersProps) {
  const { jobs } = useMessages();
  const id = useId();
  return (
    <search className="filters">
      <div className="filter-search">
        <label className="visually-hidden" htmlFor={`${id}by`}>
          {jobs.searchBy}
        </label>
        <select
          id={`${id}by`}
          className="select"
          value={list.searchBy}
          onChange={({ target }) => onChange({ searchBy: target.value === "memo" ? "memo" : "url" })}
        >
          <option value="url">{jobs.searchByWords.url}</option>
          <option value="memo">{jobs.searchByWords.memo}</option>
        </select>
        <SearchField q={list.q} placeholder={jobs.searchPlaceholder[list.searchBy]} onSearch={(q) => onChange({ q })} />
      </div>
      <div className="filter-status">
        <label className="label" htmlFor={`${id}status`}>
          {jobs.status}
        </label>
        <select
          id={`${id}status`}
          className="select"
          value={list.status}
          onChange={({ target }) => onChange({ status: target.value })}
        >
          <option value="">{jobs.anyStatus}</option>
          {jobStatusCodes.map((code) => (
            <option key={code} value={String(code)}>
              {jobs.statusWords[code]}
            </option>
          ))}
        </select>
      </div>
      <PeriodFilter list={list} onChange={onChange} />
      {isFilteredView(list) ? (
        <Button variant="quiet" onClick={() => onChange(noFilters)}>
          {jobs.clearFilters}
        </Button>
      ) : null}
    </search>
  );
}

interface SearchFieldProps {
  readonly q: string;
  readonly placeholder: string;
  readonly onSearch: (q: string) => void;
}

/** Debounced search field; waits for the end of an IME composition. */
function SearchField({ q, placeholder, onSearch }: SearchFieldProps) {
  const { jobs } = useMessages();
  const [text, setText] = useState(q);
  const isComposing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(q);
  useEffect(() => {
    // The address changed by other means: a link, the back button, "clear filters".
    if (q === sent.current) return;
    sent.current = q;
    clearTimeout(timer.current);
    setText(q);
  }, [q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (next: string, delayMs: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const trimmed = next.trim();
      if (isComposing.current || trimmed === sent.current) return;
      sent.current = trimmed;
      onSearch(trimmed);
    }, delayMs);
  };
  const onCompositionEnd = ({ currentTarget }: CompositionEvent<HTMLInputElement>): void => {
    isComposing.current = false;
    search(currentTarget.value, debounceMs);
  };
  return (
    <input
      type="search"
      className="input"
      data-search=""
      aria-label={jobs.search}
      placeholder={placeholder}
      maxLength={500}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onCompositionStart={() => {
        isComposing.current = true;
      }}
      onCompositionEnd={onCompositionEnd}
      onChange={({ target }) => {
        setText(target.value);
        if (!isComposing.current) search(target.value, debounceMs);
      }}
      onKeyDown={(event) => {
        const isCommit = event.key === "Enter" && !event.nativeEvent.isComposing && event.keyCode !== 229;
        if (isCommit) search(event.currentTarget.value, 0);
      }}
    />
  );
}
