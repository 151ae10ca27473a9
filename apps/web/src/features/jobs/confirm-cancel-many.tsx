import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef } from "react";
import { describeError, errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useAnnounce } from "../../ui/announcer.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { type CancelOutcome, useCancelMany } from "./use-cancel-many.ts";

const namedHosts = 5;

interface ConfirmCancelManyProps {
  /** Jobs that can be cancelled. */
  readonly jobs: readonly Job[];
  /** How many selected jobs cannot be. */
  readonly leftOut: number;
  readonly onClose: (isDone: boolean) => void;
}

/** Asks once for all jobs, then shows the outcome of each. */
export function ConfirmCancelMany({ jobs, leftOut, onClose }: ConfirmCancelManyProps) {
  const messages = useMessages();
  const { jobs: words, shell } = messages;
  const { number } = useFormats();
  const announce = useAnnounce();
  const safe = useRef<HTMLButtonElement>(null);
  const { outcomes, isRunning, problem, run, isDone } = useCancelMany(jobs);
  const count = jobs.length;
  const hasResults = outcomes.length > 0;
  const done = outcomes.filter(({ code }) => code === undefined).length;
  const resultTitle = words.manyResultTitle(number(done), number(count));
  useEffect(() => safe.current?.focus(), []);
  useEffect(() => {
    if (!isDone) return;
    announce(resultTitle);
    safe.current?.focus();
  }, [isDone, announce, resultTitle]);
  const close = (): void => onClose(hasResults);
  return (
    <Dialog
      title={isDone ? resultTitle : words.confirmManyTitle(count, number(count))}
      onClose={close}
      closable={!isRunning}
      footer={
        <>
          <Button buttonRef={safe} inert={isRunning} onClick={close}>
            {hasResults || problem !== null ? shell.close : words.keepWaiting}
          </Button>
          {isDone ? null : (
            <Button variant="danger" inert={isRunning} onClick={() => void run()}>
              {isRunning
                ? words.cancellingMany(number(outcomes.length), number(count))
                : problem === null
                  ? words.confirmMany(count, number(count))
                  : shell.retry}
            </Button>
          )}
        </>
      }
    >
      {hasResults || problem !== null ? (
        <ul
          className="max-h-96 overflow-auto [&>li]:grid [&>li]:border-b [&>li]:border-hairline [&>li]:py-1.5"
          aria-label={words.manyResults}
        >
          {jobs.map((job) => {
            const outcome = outcomes.find(({ instanceNo }) => instanceNo === job.instanceNo);
            return (
              <li key={job.instanceNo}>
                <span>
                  <JobName job={job} />
                </span>
                <Outcome outcome={outcome} />
              </li>
            );
          })}
        </ul>
      ) : (
        <>
          <ul className="mt-1 list-[square] ps-5 marker:text-text-3">
            {jobs.slice(0, namedHosts).map((job) => (
              <li key={job.instanceNo}>
                <JobName job={job} />
              </li>
            ))}
            {count > namedHosts ? <li>{words.andMore(number(count - namedHosts))}</li> : null}
          </ul>
          {leftOut > 0 ? <p>{words.leftOut(leftOut, number(leftOut))}</p> : null}
          <p>{words.confirmCancelText}</p>
        </>
      )}
      {problem === null ? null : <ErrorNotice description={describeError(messages, problem)} isAlert />}
    </Dialog>
  );
}

function Outcome({ outcome }: { readonly outcome: CancelOutcome | undefined }) {
  const messages = useMessages();
  const { jobs: words } = messages;
  if (outcome === undefined) return <span className="text-text-3">{words.notTried}</span>;
  if (outcome.code === undefined) return <span>{words.resultDone}</span>;
  const { title, next } = errorTextOf(messages, outcome.code);
  return (
    <span>
      <strong className="font-bold text-high-text">{title}</strong> {next}
    </span>
  );
}

function JobName({ job }: { readonly job: Job }) {
  return (
    <>
      <PlainText text={targetHostOf(job.startUrl)} className="font-bold" />{" "}
      <span className="text-text-3 tabular-nums" translate="no">
        {job.instanceNo}
      </span>
    </>
  );
}
