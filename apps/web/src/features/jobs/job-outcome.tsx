import type { Job } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../../messages/messages-context.tsx";

/** Why a job did not end as expected, as far as known. */
export function JobOutcome({ job }: { readonly job: Job }) {
  const { jobs } = useMessages();
  const { phase, code } = job.status;
  if (phase === "failed") {
    return (
      <section className="note note-high">
        <h2 className="h2">{jobs.failedTitle2}</h2>
        <p>{code === 15 || code === 5 ? jobs.failedHint[code] : jobs.failedHint.other}</p>
      </section>
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
  return text === null ? null : <p className="note">{text}</p>;
}
