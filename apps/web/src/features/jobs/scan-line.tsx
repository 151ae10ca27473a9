import type { Job } from "@wsc-dashboard/wsc-core";
import type { ReactNode } from "react";
import { statusLabel } from "../../domain-ui/status-label.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { isRunning, jobDuration } from "./job-words.ts";
import { type Mark, type MarkState, markStates } from "./scan-line-marks.ts";

const markClass =
  "relative grid content-start before:absolute before:z-1 before:size-3.25 before:rounded-full before:border-3 before:forced-color-adjust-none max-md:ps-5 max-md:pb-4 max-md:before:top-1.25 max-md:before:-left-1.25 md:pe-4 md:pt-5 md:before:-top-1.25 md:before:left-0";
/** The dot of a mark. */
const dotClasses: Readonly<Record<MarkState, string>> = {
  done: "before:border-text before:bg-text",
  current: "before:border-accent before:bg-accent before:outline-3 before:outline-accent-soft",
  ahead: "before:border-control before:bg-canvas",
  skipped: "before:border-control before:border-dotted before:bg-canvas",
};
const ruleClass =
  "absolute forced-color-adjust-none max-md:top-2 max-md:-bottom-2 max-md:left-0 max-md:w-0.75 md:inset-x-0 md:top-0 md:h-0.75";
/** The rule from a mark to the next one. */
const ruleClasses: Readonly<Record<MarkState, string>> = {
  done: "bg-text",
  current: "bg-hairline",
  ahead: "bg-hairline",
  skipped: "border-dotted border-hairline max-md:border-s-3 md:border-t-3",
};

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
      <ol className="mt-6 mb-2 grid max-md:ms-1.5 md:grid-cols-[1fr_2fr_2fr_1fr]">
        {marks.map((mark) => (
          <li
            key={mark}
            className={`${markClass} ${dotClasses[states[mark]]}`}
            aria-current={states[mark] === "current" ? "step" : undefined}
          >
            <span className={`${ruleClass} ${mark === "end" ? "" : ruleClasses[states[mark]]}`} aria-hidden="true">
              {states[mark] === "current" && job.progress !== null && mark !== "created" ? (
                <svg className="block size-full max-md:hidden" aria-hidden="true">
                  <rect className="fill-accent" width={`${Math.max(0, Math.min(100, job.progress))}%`} height="100%" />
                </svg>
              ) : null}
            </span>
            <span className={reached(mark) ? "font-bold" : "text-text-3"}>
              {mark === "end" && states.end === "done" ? statusLabel(messages, job.status) : jobs.marks[mark]}
            </span>
            <span className="sr-only">{formats.bracketed(jobs.markStates[states[mark]])}</span>
            <span className="text-text-2 tabular-nums">
              {facts[mark]}
              {states[mark] === "current" ? elapsed : null}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
