import type { Submission, SubmissionState } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { en } from "../../messages/en.ts";
import { createFormats } from "../../messages/formats.ts";
import { ko } from "../../messages/ko.ts";
import { isCancellable, isQueued, isReserved, standingText } from "./submission-text.ts";

const now = Date.parse("2026-11-20T00:00:00Z");
const formats = createFormats("en", "UTC", en.formatWords);
const submission = (state: SubmissionState, change: Partial<Submission> = {}): Submission => ({
  id: state,
  state,
  startUrl: "https://www.example.com/",
  memo: "",
  createdAt: "2026-11-19T00:00:00.000Z",
  createdBy: "operator",
  dueAt: "2026-11-30T17:00:00.000Z",
  attempts: [],
  ...change,
});
const standing = (state: SubmissionState, change: Partial<Submission> = {}) =>
  standingText(en, formats, submission(state, change), now);

describe("the text of a submission", () => {
  it("names the chosen time of a reservation with its zone, and UTC", () => {
    const when = { localTime: "2026-12-01T02:00", zone: "Asia/Seoul" };
    expect(standing("SCHEDULED", { when })).toBe(
      "Reserved for Tue 1 Dec 2026, 02:00 (Asia/Seoul) · Mon 30 Nov 2026, 17:00 UTC",
    );
    expect(standingText(ko, createFormats("ko", "Asia/Seoul", ko.formatWords), submission("SCHEDULED"), now)).toBe(
      "예약 시각: 2026-12-01 (화) 02:00 (Asia/Seoul) · 2026-11-30 (월) 17:00 UTC",
    );
  });

  it("is no longer called a reservation once it is due", () => {
    expect(standing("SCHEDULED", { dueAt: "2026-11-20T00:00:00.000Z" })).toBe(en.jobs.submissionStates.CLAIMED);
  });

  it("contains the reason of a retry and of an end", () => {
    const reason = { code: "160454", retryable: true };
    expect(standing("RETRY_WAIT", { reason })).toContain(en.errors["160454"].title);
    expect(standing("FAILED", { reason: { code: "160451", retryable: false } })).toContain(en.errors["160451"].title);
    expect(standing("MISSED", { reason: { code: "SUBMISSION_MISSED", retryable: false } })).toContain(
      en.errors.SUBMISSION_MISSED.title,
    );
  });

  it("never says that one in doubt was not created", () => {
    expect(standing("IN_DOUBT", { reason: { code: "500", retryable: false } })).toBe(
      "It is not known yet whether the job was created. Checking the list…",
    );
  });
});

describe("a submission can be cancelled", () => {
  it.each<SubmissionState>(["SCHEDULED", "HELD", "RETRY_WAIT"])("in %s", (state) => {
    expect(isCancellable(submission(state))).toBe(true);
  });

  it.each<SubmissionState>([
    "CLAIMED",
    "DISPATCHING",
    "ACCEPTED",
    "BOUND",
    "IN_DOUBT",
    "NEEDS_REVIEW",
    "MISSED",
    "FAILED",
    "CANCELLED",
  ])("not in %s", (state) => {
    expect(isCancellable(submission(state))).toBe(false);
    expect(isReserved(submission(state), now)).toBe(false);
  });
});

describe("a submission waits for its turn", () => {
  const due = (secondsAgo: number, state: SubmissionState = "SCHEDULED") => ({
    ...submission(state),
    dueAt: new Date(now - secondsAgo * 1000).toISOString(),
  });

  it("from half a minute after its due time", () => {
    expect(isQueued(due(30), now)).toBe(false);
    expect(isQueued(due(30.001), now)).toBe(true);
  });

  it.each<SubmissionState>(["CLAIMED", "DISPATCHING", "HELD", "IN_DOUBT"])("not in %s", (state) => {
    expect(isQueued(due(3600, state), now)).toBe(false);
  });
});
