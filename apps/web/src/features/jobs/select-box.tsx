import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { SelectBox } from "../../ui/select-box.tsx";
import type { Selection } from "../../ui/use-selection.ts";

interface SelectJobProps {
  readonly job: Job;
  readonly selection: Selection<Job>;
  /** Beside one line of text instead of in a row of the table. */
  readonly isClose?: boolean;
}

/** The checkbox that selects a job. */
export function SelectJob({ job: { instanceNo, startUrl }, selection, isClose = false }: SelectJobProps) {
  const { jobs, shell } = useMessages();
  const host = withVisibleControls(targetHostOf(startUrl));
  return (
    <SelectBox
      // Jobs of one host are distinguished by their number.
      label={shell.labelled(jobs.select(host), instanceNo)}
      isChosen={selection.has(instanceNo)}
      onToggle={() => selection.toggle(instanceNo)}
      isClose={isClose}
    />
  );
}
