import type { Job } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../../messages/messages-context.tsx";
import { Notice } from "../../ui/notice.tsx";

/** Why a job did not end as expected, as far as known. */
export function JobOutcome({ job }: { readonly job: Job }) {
  const { jobs } = useMessages();
  const { phase, code } = job.status;
  if (phase === "failed") {
    return (
      <Notice as="section" tone="high">
        <h2 className="text-h2">{jobs.failedTitle2}</h2>
        <p>{code === 15 || code === 5 ? jobs.failedHint[code] : jobs.failedHint.other}</p>
      </Notice>
    );
  }
  const text = {
    stopped: jobs.stoppedHint,
    stopping: null,
    cancelled: jobs.cancelledHint,
    unknown: jobs.unknownHint,
    waiting: null,
    crawling: null,
    scanning: null,
    completed: null,
  }[phase];
  return text === null ? null : <Notice as="p">{text}</Notice>;
}
