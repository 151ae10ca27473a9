import { Link } from "@tanstack/react-router";
import type { Job } from "@wsc-dashboard/wsc-core";
import { useEffect, useState } from "react";
import { useMay } from "../../api/session-query.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useAnnounce } from "../../ui/announcer.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { lazyDialog } from "../../ui/lazy-dialog.tsx";
import { SelectionBar } from "../../ui/selection-bar.tsx";
import type { Selection } from "../../ui/use-selection.ts";
import { pairToCompare } from "./pair-to-compare.ts";

const ConfirmRescanMany = lazyDialog(async () => (await import("./confirm-rescan-many.tsx")).ConfirmRescanMany);
const ConfirmCancelMany = lazyDialog(async () => (await import("./confirm-cancel-many.tsx")).ConfirmCancelMany);

interface BulkBarProps {
  readonly selection: Selection<Job>;
}

/** Replaces the page's actions while rows are selected. */
export function BulkBar({ selection }: BulkBarProps) {
  const { jobs: words } = useMessages();
  const { number } = useFormats();
  const announce = useAnnounce();
  const [rescanning, setRescanning] = useState<{ jobs: readonly Job[]; leftOut: number } | null>(null);
  const [asking, setAsking] = useState<{ jobs: readonly Job[]; leftOut: number } | null>(null);
  const { chosen } = selection;
  const mayCancelMany = useMay("jobs.cancelMany");
  const mayCreate = useMay("jobs.create");
  const again = chosen.filter(({ capabilities }) => capabilities.rescan);
  const waiting = chosen.filter(({ capabilities }) => capabilities.cancel);
  const text = words.selected(chosen.length, number(chosen.length));
  useEffect(() => announce(text), [announce, text]);
  return (
    <SelectionBar
      label={words.selectionBar}
      text={text}
      clearText={words.clearSelection}
      onClear={() => selection.clear()}
    >
      <CompareTwo chosen={chosen} />
      {mayCreate ? (
        <Button
          inert={again.length === 0}
          onClick={() => setRescanning({ jobs: again, leftOut: chosen.length - again.length })}
        >
          {words.rescanSelected}
        </Button>
      ) : null}
      {mayCancelMany ? (
        <>
          <span className="text-text-3 tabular-nums">
            {words.cancellable(number(waiting.length), number(chosen.length))}
          </span>
          <Button
            inert={waiting.length === 0}
            onClick={() => setAsking({ jobs: waiting, leftOut: chosen.length - waiting.length })}
          >
            {words.cancelSelected}
          </Button>
        </>
      ) : null}
      {rescanning ? (
        <ConfirmRescanMany
          {...rescanning}
          onClose={(isDone) => {
            setRescanning(null);
            if (isDone) selection.clear();
          }}
        />
      ) : null}
      {asking ? (
        <ConfirmCancelMany
          jobs={asking.jobs}
          leftOut={asking.leftOut}
          onClose={(isDone) => {
            setAsking(null);
            if (isDone) selection.clear();
          }}
        />
      ) : null}
    </SelectionBar>
  );
}

/** Link to the comparison of two selected reports of one target. */
function CompareTwo({ chosen }: { readonly chosen: readonly Job[] }) {
  const { jobs: words } = useMessages();
  if (chosen.length !== 2) return null;
  const pair = pairToCompare(chosen);
  if (pair === null) return <span className="text-text-3">{words.compareNeeds}</span>;
  return (
    <Link className={buttonClass()} to="/compare" search={pair}>
      {words.compareSelected}
    </Link>
  );
}
