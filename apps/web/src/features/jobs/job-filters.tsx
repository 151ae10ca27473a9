import { jobStatusCodes } from "@wsc-dashboard/wsc-core";
import { type CompositionEvent, useEffect, useId, useRef, useState } from "react";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Input, Select } from "../../ui/control.tsx";
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
    <search className="flex flex-wrap items-center gap-x-5 gap-y-2 py-3 print:hidden">
      <div className="flex min-w-0 max-w-104 flex-[1_1_13rem] [&>input]:rounded-s-none [&>select]:rounded-e-none [&>select]:border-e-0 [&>select]:bg-sunken">
        <label className="sr-only" htmlFor={`${id}by`}>
          {jobs.searchBy}
        </label>
        <Select
          id={`${id}by`}
          value={list.searchBy}
          onChange={({ target }) => onChange({ searchBy: target.value === "memo" ? "memo" : "url" })}
        >
          <option value="url">{jobs.searchByWords.url}</option>
          <option value="memo">{jobs.searchByWords.memo}</option>
        </Select>
        <SearchField q={list.q} placeholder={jobs.searchPlaceholder[list.searchBy]} onSearch={(q) => onChange({ q })} />
      </div>
      <div className="flex items-center gap-2">
        <label className="whitespace-nowrap text-text-2" htmlFor={`${id}status`}>
          {jobs.status}
        </label>
        <Select id={`${id}status`} value={list.status} onChange={({ target }) => onChange({ status: target.value })}>
          <option value="">{jobs.anyStatus}</option>
          {jobStatusCodes.map((code) => (
            <option key={code} value={String(code)}>
              {jobs.statusWords[code]}
            </option>
          ))}
        </Select>
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
    <Input
      type="search"
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
