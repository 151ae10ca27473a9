import { isSettled, type Submission } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../../messages/en.ts";
import { errorTextOf } from "../../messages/error-text.ts";
import type { Formats } from "../../messages/formats.ts";

/** Whether it waits for a time that a person or a schedule has set. */
export function isReserved({ state, dueAt }: Submission, now: number): boolean {
  return state === "SCHEDULED" && Date.parse(dueAt) > now;
}

/** Milliseconds after the due time from which a submission counts as queued and not as being sent. */
const queuedAfterMs = 30_000;

/** Whether it has been due for a while without being sent. */
export function isQueued({ state, dueAt }: Submission, now: number): boolean {
  return state === "SCHEDULED" && now - Date.parse(dueAt) > queuedAfterMs;
}

/** Whether it can be cancelled, because nothing has been sent that could create a job. */
export function isCancellable({ state }: Submission): boolean {
  return state === "SCHEDULED" || state === "HELD" || state === "RETRY_WAIT";
}

export function dueText(formats: Formats, { dueAt, when }: Submission): string {
  return formats.bothTimes(dueAt, when?.zone ?? formats.zone);
}

/** The state of a submission in plain words, with its reason if that is meant for people. */
export function standingText(messages: Messages, formats: Formats, submission: Submission, now: number): string {
  const { jobs, shell, submissions } = messages;
  const { state, reason } = submission;
  if (isReserved(submission, now)) return submissions.reservedFor(dueText(formats, submission));
  if (state === "SCHEDULED") return jobs.submissionStates.CLAIMED;
  const hasReason = isSettled(state) || state === "RETRY_WAIT";
  if (!hasReason || reason === undefined) return jobs.submissionStates[state];
  return shell.labelled(jobs.submissionStates[state], errorTextOf(messages, reason.code).title);
}
