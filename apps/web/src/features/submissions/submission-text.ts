import { isSettled, type Submission } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../../messages/en.ts";
import { errorTextOf } from "../../messages/error-text.ts";
import type { Formats } from "../../messages/formats.ts";

/** Waiting for a time that a person chose, or that a schedule has set. */
export function isReserved({ state, dueAt }: Submission, now: number): boolean {
  return state === "SCHEDULED" && Date.parse(dueAt) > now;
}

/** So long after its time it is not the sending that takes time, in milliseconds. */
const queuedAfterMs = 30_000;

/** Due for a while, but its turn has not come. */
export function isQueued({ state, dueAt }: Submission, now: number): boolean {
  return state === "SCHEDULED" && now - Date.parse(dueAt) > queuedAfterMs;
}

/** What can still be taken back, because nothing of it has been sent that could count. */
export function isCancellable({ state }: Submission): boolean {
  return state === "SCHEDULED" || state === "HELD" || state === "RETRY_WAIT";
}

export function dueText(formats: Formats, { dueAt, when }: Submission): string {
  return formats.bothTimes(dueAt, when?.zone ?? formats.zone);
}

/** Where a submission stands, in plain words, with the reason as far as it is one for people. */
export function standingText(messages: Messages, formats: Formats, submission: Submission, now: number): string {
  const { jobs, shell, submissions } = messages;
  const { state, reason } = submission;
  if (isReserved(submission, now)) return submissions.reservedFor(dueText(formats, submission));
  if (state === "SCHEDULED") return jobs.submissionStates.CLAIMED;
  const hasReason = isSettled(state) || state === "RETRY_WAIT";
  if (!hasReason || reason === undefined) return jobs.submissionStates[state];
  return shell.labelled(jobs.submissionStates[state], errorTextOf(messages, reason.code).title);
}
