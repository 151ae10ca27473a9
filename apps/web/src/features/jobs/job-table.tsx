import type { Job } from "@wsc-dashboard/wsc-core";
import { memo } from "react";
import { useMessages } from "../../messages/messages-context.tsx";
import { Table } from "../../ui/table.tsx";
import type { Selection } from "../../ui/use-selection.ts";
import { selectColumn, useJobColumns } from "./job-columns.tsx";
import type { JobListView } from "./job-list-search.ts";
import type { JobNotes } from "./use-job-list.ts";

export interface JobRowsProps {
  readonly jobs: readonly Job[];
  readonly now: number;
  readonly isStale: boolean;
  readonly selection: Selection<Job>;
  readonly notes: JobNotes;
  readonly list: JobListView;
}

/** Memoized: the page around it renders for each answer, and a hundred rows take a phone a quarter of a second. */
export const JobTable = memo(function JobTable({ jobs, now, isStale, selection, notes, list }: JobRowsProps) {
  const { jobs: words } = useMessages();
  const columns = useJobColumns({ now, isStale, notes, list });
  return (
    <Table
      caption={list.sort === "" ? words.tableCaption : words.title}
      className="table job-table"
      columns={[selectColumn(selection, jobs, words.selectPage), ...columns]}
      rows={jobs}
      keyOf={({ instanceNo }) => instanceNo}
      rowClassName={({ instanceNo }) => (selection.has(instanceNo) ? "bg-selected" : undefined)}
    />
  );
});
