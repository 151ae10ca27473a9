import type { Job } from "@wsc-dashboard/wsc-core";
import { reportExpiryTone } from "../../domain-ui/report-expiry-tone.ts";
import { daysUntil } from "../../messages/formats.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Shape } from "../../ui/shape.tsx";

/** How long a report can still be read. In its last month and last week it carries a sign and a heavier colour. */
export function ReportDaysLeft({ job, now }: { readonly job: Job; readonly now: number }) {
  const { jobs } = useMessages();
  const formats = useFormats();
  if (job.reportExpiresAt === null) {
    return job.capabilities.report ? <span className="text-text-3">{jobs.reportLimitUnknown}</span> : <Dash />;
  }
  const days = daysUntil(job.reportExpiresAt, now);
  if (days < 0) return <span className="text-text-3">{jobs.reportExpired}</span>;
  if (!job.capabilities.report) return <Dash />;
  const text = days === 0 ? jobs.lessThanADay : jobs.daysLeft(days, formats.number(days));
  const tone = reportExpiryTone(job.reportExpiresAt, now);
  if (tone === undefined) return text;
  return (
    <span className={tone}>
      <HourglassShape /> {text}
    </span>
  );
}

/** An hourglass: told apart without colour. */
function HourglassShape() {
  return (
    <Shape>
      <path
        d="M3.5 1.5h9M3.5 14.5h9M4.5 1.5c0 3.4 3.5 4.3 3.5 6.5s-3.5 3.1-3.5 6.5M11.5 1.5C11.5 4.9 8 5.8 8 8s3.5 3.1 3.5 6.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
      />
    </Shape>
  );
}

export function Dash() {
  return <span className="text-text-3">–</span>;
}
