import { isFinalPhase, type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef } from "react";
import { statusLabel } from "../../domain-ui/status-label.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useAnnounce } from "../../ui/announcer.tsx";

/** Announces to screen readers that a job has ended. Intermediate phases and percentages are never announced. */
export function useStatusAnnouncements(jobs: readonly Job[] | undefined): void {
  const messages = useMessages();
  const formats = useFormats();
  const announce = useAnnounce();
  const seen = useRef(new Map<string, boolean>());
  useEffect(() => {
    for (const job of jobs ?? []) {
      const isFinal = isFinalPhase(job.status.phase);
      const wasFinal = seen.current.get(job.instanceNo);
      seen.current.set(job.instanceNo, isFinal);
      if (wasFinal !== false || !isFinal) continue;
      const host = targetHostOf(job.startUrl);
      const count = job.findingCount;
      announce(
        job.status.phase === "completed" && count !== null
          ? messages.jobs.finishedAnnouncement(host, messages.jobs.findings(count, formats.number(count)))
          : messages.jobs.statusAnnouncement(host, statusLabel(messages, job.status)),
      );
    }
  }, [jobs, announce, messages, formats]);
}
