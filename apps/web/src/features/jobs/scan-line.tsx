import type { Job } from "@wsc-dashboard/wsc-core";
import type { ReactNode } from "react";
import { statusLabel } from "../../domain-ui/status-label.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { isRunning, jobDuration } from "./job-words.ts";
import { type Mark, markStates } from "./scan-line-marks.ts";

const marks: readonly Mark[] = ["created", "crawl", "scan", "end"];

/** A line with four marks, each with what is known about it. Nothing is estimated, least of all an end. */
export function ScanLine({ job, now }: { readonly job: Job; readonly now: number }) {
  const messages = useMessages();
  const { jobs } = messages;
  const formats = useFormats();
  const states = markStates(job);
  const duration = jobDuration(job, formats, now);
  const elapsed =
    job.endedAt === null && duration !== null ? <span className="block">{jobs.elapsed(duration)}</span> : null;
  const reached = (mark: Mark): boolean => states[mark] === "done" || states[mark] === "current";
  const facts: Readonly<Record<Mark, ReactNode>> = {
    created:
      job.startedAt !== null ? (
        <TimeText instant={job.startedAt} kind="zoned" />
      ) : states.created === "current" ? (
        jobs.startsWhenFree
      ) : null,
    crawl:
      reached("crawl") && job.crawlCount !== null
        ? jobs.urlCount(job.crawlCount, formats.number(job.crawlCount))
        : null,
    scan:
      reached("scan") && job.findingCount !== null
        ? (isRunning(job) ? jobs.findingsSoFar : jobs.findings)(job.findingCount, formats.number(job.findingCount))
        : null,
    end:
      job.endedAt === null ? null : (
        <>
          <TimeText instant={job.endedAt} kind="zoned" />
          {duration === null ? null : <span className="block">{jobs.took(duration)}</span>}
        </>
      ),
  };
  return (
    <section aria-labelledby="line-title">
      <h2 id="line-title" className="sr-only">
        {jobs.scanLine}
      </h2>
      <ol className="scan-line">
        {marks.map((mark) => (
          <li
            key={mark}
            className={`line-mark line-${states[mark]}`}
            aria-current={states[mark] === "current" ? "step" : undefined}
          >
            <span className="line-rule" aria-hidden="true">
              {states[mark] === "current" && job.progress !== null && mark !== "created" ? (
                <svg aria-hidden="true">
                  <rect className="fill-accent" width={`${Math.max(0, Math.min(100, job.progress))}%`} height="100%" />
                </svg>
              ) : null}
            </span>
            <span className="line-name">
              {mark === "end" && states.end === "done" ? statusLabel(messages, job.status) : jobs.marks[mark]}
            </span>
            <span className="sr-only">{` (${jobs.markStates[states[mark]]})`}</span>
            <span className="line-fact">
              {facts[mark]}
              {states[mark] === "current" ? elapsed : null}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
