import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef } from "react";
import { useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import type { Selection } from "./use-selection.ts";

interface SelectBoxProps {
  readonly job: Job;
  readonly selection: Selection;
  /** Beside one line of text instead of in a row of the table. */
  readonly isClose?: boolean;
}

export function SelectBox({ job, selection, isClose = false }: SelectBoxProps) {
  const { jobs, shell } = useMessages();
  const host = withVisibleControls(targetHostOf(job.startUrl));
  return (
    <label
      className={`inline-flex px-1 [&>input]:size-4.5 [&>input]:accent-accent ${isClose ? "py-1" : "py-[0.6875rem]"}`}
    >
      <input
        type="checkbox"
        data-select=""
        // Jobs of one host are distinguished by their number.
        aria-label={shell.labelled(jobs.select(host), job.instanceNo)}
        checked={selection.has(job.instanceNo)}
        onChange={() => selection.toggle(job.instanceNo)}
      />
    </label>
  );
}

interface SelectPageBoxProps {
  readonly count: number;
  readonly selection: Selection;
}

export function SelectPageBox({ count, selection }: SelectPageBoxProps) {
  const { jobs } = useMessages();
  const box = useRef<HTMLInputElement>(null);
  const some = selection.chosen.length > 0;
  const all = selection.chosen.length === count;
  useEffect(() => {
    if (box.current) box.current.indeterminate = some && !all;
  }, [some, all]);
  return (
    <label className="inline-flex px-1 [&>input]:size-4.5 [&>input]:accent-accent py-[0.6875rem]">
      <input
        ref={box}
        type="checkbox"
        aria-label={jobs.selectPage}
        checked={all}
        onChange={() => selection.toggleAll()}
      />
    </label>
  );
}
