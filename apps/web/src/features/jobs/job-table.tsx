import type { Job } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../../messages/messages-context.tsx";
import { Table } from "../../ui/table.tsx";
import { selectColumn, useJobColumns } from "./job-columns.tsx";
import type { Selection } from "./use-selection.ts";

export interface JobRowsProps {
  readonly jobs: readonly Job[];
  readonly now: number;
  readonly isStale: boolean;
  /** For those who may act on several at once. */
  readonly selection: Selection | null;
}

export function JobTable({ jobs, now, isStale, selection }: JobRowsProps) {
  const { jobs: words } = useMessages();
  const columns = useJobColumns({ now, isStale });
  return (
    <Table
      caption={words.tableCaption}
      className={selection ? "table job-table with-selection" : "table job-table"}
      columns={selection === null ? columns : [selectColumn(selection, jobs.length), ...columns]}
      rows={jobs}
      keyOf={({ instanceNo }) => instanceNo}
      rowClassName={({ instanceNo }) => (selection?.has(instanceNo) ? "row-selected" : undefined)}
    />
  );
}
