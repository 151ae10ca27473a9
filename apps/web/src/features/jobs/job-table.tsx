import type { Job } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../../messages/messages-context.tsx";
import { Table } from "../../ui/table.tsx";
import { selectColumn, useJobColumns } from "./job-columns.tsx";
import type { Selection } from "./use-selection.ts";

export interface JobRowsProps {
  readonly jobs: readonly Job[];
  readonly now: number;
  readonly isStale: boolean;
  readonly selection: Selection;
}

export function JobTable({ jobs, now, isStale, selection }: JobRowsProps) {
  const { jobs: words } = useMessages();
  const columns = useJobColumns({ now, isStale });
  return (
    <Table
      caption={words.tableCaption}
      className="table job-table with-selection"
      columns={[selectColumn(selection, jobs.length), ...columns]}
      rows={jobs}
      keyOf={({ instanceNo }) => instanceNo}
      rowClassName={({ instanceNo }) => (selection.has(instanceNo) ? "row-selected" : undefined)}
    />
  );
}
