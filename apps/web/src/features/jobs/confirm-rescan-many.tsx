import { Link } from "@tanstack/react-router";
import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useEffect, useState } from "react";
import { AgreeToMany } from "../../job-fields/agree-to-many.tsx";
import { errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useAnnounce } from "../../ui/announcer.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { type RescanRow, useRescanMany } from "./use-rescan-many.ts";

interface ConfirmRescanManyProps {
  /** Jobs that can be re-scanned. */
  readonly jobs: readonly Job[];
  /** How many selected jobs cannot be. */
  readonly leftOut: number;
  readonly onClose: (isDone: boolean) => void;
}

/** Shows what each re-scan would repeat, asks once for consent to all of them, then shows the outcome of each. */
export function ConfirmRescanMany({ jobs, leftOut, onClose }: ConfirmRescanManyProps) {
  const { jobList: words, shell } = useMessages();
  const { number } = useFormats();
  const announce = useAnnounce();
  const [shown] = useState(jobs);
  const { rows, isRunning, run, count } = useRescanMany(jobs);
  const [isAgreed, setAgreed] = useState(false);
  const ready = count("ready", "unsure");
  const ended = count("sent", "refused");
  const isDone = !isRunning && ended > 0 && ready === 0;
  const title = isDone
    ? words.rescanResult(number(count("sent")), number(shown.length))
    : words.rescanTitle(shown.length, number(shown.length));
  useEffect(() => {
    if (isDone) announce(title);
  }, [isDone, announce, title]);
  return (
    <Dialog
      title={title}
      onClose={() => onClose(ended > 0)}
      closable={!isRunning}
      footer={
        <>
          <Button inert={isRunning} onClick={() => onClose(ended > 0)}>
            {ended > 0 ? shell.close : words.rescanNot}
          </Button>
          {isDone ? null : (
            <Button
              variant="primary"
              inert={isRunning || !isAgreed || ready === 0 || count("reading") > 0}
              onClick={() => void run()}
            >
              {isRunning
                ? words.rescanning(number(ended), number(shown.length))
                : words.rescanStart(ready, number(ready))}
            </Button>
          )}
        </>
      }
    >
      <ul
        className="max-h-96 overflow-auto [&>li]:grid [&>li]:border-b [&>li]:border-hairline [&>li]:py-1.5"
        aria-label={words.rescanJobs}
      >
        {shown.map((job) => (
          <li key={job.instanceNo}>
            <span>
              <PlainText text={targetHostOf(job.startUrl)} className="font-bold" />{" "}
              <span className="text-text-3 tabular-nums" translate="no">
                {job.instanceNo}
              </span>
            </span>
            <RowState row={rows.get(job.instanceNo)} instanceNo={job.instanceNo} />
          </li>
        ))}
      </ul>
      {leftOut > 0 ? <p>{words.rescanLeftOut(leftOut, number(leftOut))}</p> : null}
      {isDone ? null : (
        <AgreeToMany
          rule={words.rescanRule}
          note={words.rescanConsent(number(ready))}
          isAgreed={isAgreed}
          onAgree={setAgreed}
        />
      )}
    </Dialog>
  );
}

function RowState({ row, instanceNo }: { readonly row: RescanRow | undefined; readonly instanceNo: string }) {
  const messages = useMessages();
  const { jobList: words } = messages;
  if (row === undefined) return null;
  switch (row.state) {
    case "reading":
      return <span className="text-text-3">{words.rescanReading}</span>;
    case "ready":
      return <span>{row.isSpeedAssumed ? words.rescanSpeedAssumed : words.rescanSame}</span>;
    case "sent":
      return <span>{words.rescanSent}</span>;
    case "unsure":
      return <strong className="font-bold text-medium-text">{words.rescanUnsure}</strong>;
    case "leftOut":
      return (
        <span>
          {words.rescanObstacles[row.obstacle]}{" "}
          <Link to="/jobs/new" search={{ from: instanceNo, step: "review" }}>
            {words.rescanForm}
          </Link>
        </span>
      );
    default: {
      const { title, next } = errorTextOf(messages, row.code);
      return (
        <span>
          <strong className="font-bold text-high-text">{title}</strong> {next}
        </span>
      );
    }
  }
}
