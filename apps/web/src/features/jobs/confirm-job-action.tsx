import { useQueryClient } from "@tanstack/react-query";
import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef } from "react";
import { useKeyedMutation } from "../../api/idempotency-key.ts";
import { jobCalls, refreshJobs } from "../../api/job-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { useToast } from "../../ui/toaster.tsx";

export type JobActionKind = "cancel" | "stop";

interface ConfirmJobActionProps {
  readonly job: Job;
  readonly kind: JobActionKind;
  readonly onClose: () => void;
}

/** Asks before a job is ended for good. Nothing is shown as done before the upstream confirms it. */
export function ConfirmJobAction({ job, kind, onClose }: ConfirmJobActionProps) {
  const messages = useMessages();
  const { jobs, shell } = messages;
  const client = useQueryClient();
  const toast = useToast();
  const safe = useRef<HTMLButtonElement>(null);
  const host = targetHostOf(job.startUrl);
  const isStop = kind === "stop";
  const act = useKeyedMutation<unknown>({
    act: (_, idempotencyKey) =>
      jobCalls[kind]({ params: { instanceNo: job.instanceNo }, body: {} }, { idempotencyKey }),
    onSuccess: () => {
      toast(isStop ? jobs.stopped(host) : jobs.cancelled(host));
      onClose();
    },
    onSettled: () => refreshJobs(client),
  });
  useEffect(() => safe.current?.focus(), []);
  return (
    <Dialog
      title={isStop ? jobs.confirmStopTitle : jobs.confirmCancelTitle}
      onClose={onClose}
      closable={!act.isPending}
      footer={
        <>
          <Button buttonRef={safe} inert={act.isPending} onClick={onClose}>
            {act.isError ? shell.close : isStop ? jobs.keepRunning : jobs.keepWaiting}
          </Button>
          <Button variant="danger" inert={act.isPending} onClick={() => act.mutate()}>
            {act.isPending
              ? isStop
                ? jobs.stopping
                : jobs.cancelling
              : isStop
                ? jobs.confirmStop
                : jobs.confirmCancel}
          </Button>
        </>
      }
    >
      <FactList>
        <dt>{jobs.columns.target}</dt>
        <dd>
          <PlainText text={job.startUrl} className="font-bold" />
        </dd>
        <dt>{jobs.instanceNo}</dt>
        <dd className="tabular-nums" translate="no">
          {job.instanceNo}
        </dd>
        {job.memo === "" ? null : (
          <>
            <dt>{jobs.memo}</dt>
            <dd>
              <PlainText text={job.memo} />
            </dd>
          </>
        )}
      </FactList>
      <p>{isStop ? jobs.confirmStopText : jobs.confirmCancelText}</p>
      {act.isError ? <ErrorNotice description={describeError(messages, act.error)} isAlert /> : null}
    </Dialog>
  );
}
