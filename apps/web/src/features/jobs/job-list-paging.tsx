import { Link } from "@tanstack/react-router";
import type { JobList } from "@wsc-dashboard/wsc-core";
import { useId } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Select } from "../../ui/control.tsx";
import { Paging } from "../../ui/paging.tsx";
import { compactJobListSearch, type JobListView, pageSizes } from "./job-list-search.ts";

interface JobListPagingProps {
  readonly list: JobListView;
  readonly data: JobList;
  readonly onChange: (change: Partial<JobListView>) => void;
}

export function JobListPaging({ list, data, onChange }: JobListPagingProps) {
  const { jobs } = useMessages();
  const { number } = useFormats();
  const id = useId();
  if (data.jobs.length === 0) return null;
  const first = (data.page - 1) * data.limit + 1;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 pt-3 print:hidden">
      <span className="text-text-3 tabular-nums">
        {jobs.range(number(first), number(first + data.jobs.length - 1), number(data.total))}
      </span>
      <Paging
        page={data.page}
        pageCount={data.pageCount}
        format={number}
        labels={{ pages: jobs.pages, previous: jobs.previousPage, next: jobs.nextPage, page: jobs.page }}
        link={(page, props) => <Link to="/jobs" search={compactJobListSearch({ ...list, page })} {...props} />}
      />
      <div className="flex items-center gap-2 text-text-2">
        <label htmlFor={id}>{jobs.perPage}</label>
        <Select id={id} value={String(list.limit)} onChange={({ target }) => onChange({ limit: Number(target.value) })}>
          {pageSizes.map((size) => (
            <option key={size} value={String(size)}>
              {number(size)}
            </option>
          ))}
        </Select>
      </div>
    </div>
  );
}
