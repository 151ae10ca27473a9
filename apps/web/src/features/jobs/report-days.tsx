import type { Job } from "@wsc-dashboard/wsc-core";
import { daysUntil } from "../../messages/formats.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";

/** How long a report can still be read: amber in its last month, red in its last week. */
export function ReportDays({ job, now }: { readonly job: Job; readonly now: number }) {
  const { jobs } = useMessages();
  const formats = useFormats();
  if (job.reportExpiresAt === null) {
    return job.capabilities.report ? <span className="muted">{jobs.reportLimitUnknown}</span> : <Dash />;
  }
  const days = daysUntil(job.reportExpiresAt, now);
  if (days < 0) return <span className="muted">{jobs.reportExpired}</span>;
  if (!job.capabilities.report) return <Dash />;
  const tone = days <= 7 ? "tone-high" : days <= 30 ? "tone-medium" : "";
  return <span className={tone}>{days === 0 ? jobs.lessThanADay : jobs.daysLeft(days, formats.number(days))}</span>;
}

export function Dash() {
  return <span className="muted">–</span>;
}
