import { Link } from "@tanstack/react-router";
import type { Target } from "@wsc-dashboard/wsc-core";
import { useMay } from "../../api/session-query.ts";
import { statusLabel } from "../../domain-ui/status-label.ts";
import { StatusShape } from "../../domain-ui/status-shape.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useTargetDetailWords } from "../../messages/use-target-detail-words.ts";
import { HostText, withVisibleControls } from "../../ui/plain-text.tsx";
import { TimeText } from "../../ui/time-text.tsx";

/** The name of a target, linked to its page. */
export function HostLink({ host }: { readonly host: string }) {
  return (
    <Link
      className="inline-block py-0.5 font-bold text-text no-underline hover:underline"
      to="/targets/$host"
      params={{ host }}
      data-row=""
    >
      <HostText host={host} />
    </Link>
  );
}

/** The outcome of the last job, and when it ended. */
export function LastScan({ lastJob }: Pick<Target, "lastJob">) {
  const messages = useMessages();
  const details = useTargetDetailWords();
  if (lastJob === null) return <span className="text-text-3">{details.noScan}</span>;
  const when = lastJob.endedAt ?? lastJob.startedAt;
  const label = statusLabel(messages, lastJob.status);
  return (
    <Link
      className="inline-flex items-center gap-2 py-0.5 text-text-2 no-underline hover:underline"
      to="/jobs/$instanceNo"
      params={{ instanceNo: lastJob.instanceNo }}
    >
      <StatusShape phase={lastJob.status.phase} />
      <span className="inline-flex flex-wrap gap-x-2 wrap-normal">
        <span className={lastJob.status.phase === "completed" && when !== null ? "sr-only" : ""}>{`${label} `}</span>
        {when === null ? null : <TimeText instant={when} kind="date" />}
      </span>
    </Link>
  );
}

/** When the next scan takes place, linked to what plans it. */
export function NextScan({ next }: Pick<Target, "next">) {
  const { targets: words } = useMessages();
  if (next === null) return <span className="text-text-3">{words.noNext}</span>;
  const time = <TimeText instant={next.dueAt} />;
  return next.kind === "schedule" ? (
    <Link className="py-0.5 text-text-2 no-underline hover:underline" to="/schedules/$id" params={{ id: next.id }}>
      {time}
    </Link>
  ) : (
    <Link className="py-0.5 text-text-2 no-underline hover:underline" to="/jobs">
      {time}
    </Link>
  );
}

/** How often and until when a target may be re-scanned. */
export function RescanCell({ target: { host, rescan } }: { readonly target: Target }) {
  const { targets: words, shell } = useMessages();
  const { number } = useFormats();
  const mayCreate = useMay("jobs.create");
  if (rescan === null) return <span className="text-text-3">–</span>;
  const text = (
    <>
      {words.rescanLeft(rescan.left, number(rescan.left))}{" "}
      <span className="text-text-3">· {words.rescanDays(rescan.daysLeft, number(rescan.daysLeft))}</span>
    </>
  );
  if (!mayCreate || rescan.left === 0) return <span className={rescan.left === 0 ? "text-text-3" : ""}>{text}</span>;
  return (
    <>
      {text}{" "}
      <Link
        className="ms-1 py-0.5 whitespace-nowrap print:hidden"
        to="/jobs/new"
        search={{ from: rescan.of, step: "review" }}
        aria-label={shell.labelled(words.rescanStart, withVisibleControls(host))}
        data-scan-again=""
      >
        {words.rescanStart}
      </Link>
    </>
  );
}
