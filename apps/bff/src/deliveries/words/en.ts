import type { MessageWords } from "./message-words.ts";

export const en: MessageWords = {
  title: {
    "job.finished": "Scan finished",
    "job.failed": "Scan failed",
    "submission.failed": "Request failed, no scan was started",
    "submission.review": "Request needs a decision",
    "submission.missed": "Scan missed",
    "signIn.failed": "Sign-in to the target failed, no scan was started",
    "schedule.paused": "Schedule paused after failures",
    "report.expires": "Report expires soon",
    "budget.low": "Daily budget at 80% or more",
    "verdict.expired": "Accepted risk has ended: findings are open again",
    "verdict.returned": "Fixed findings came back",
    "verdict.assigned": "Findings assigned",
    "verdict.mentioned": "Mentioned in a note",
    "target.assigned": "Target assigned",
  },
  test: "Test message: this channel works",
  digest: (count) => (count === 1 ? "1 notification" : `${count} notifications`),
  more: (count) => `And ${count} more in the dashboard.`,
  counts: ({ total, high, medium, low }) => `Findings: ${total} (high ${high}, medium ${medium}, low ${low})`,
  changes: ({ new: added, remaining, fixed, notRetested }) =>
    `Compared with the scan before: ${added} new, ${remaining} remaining, ${fixed} fixed, ${notRetested} not re-tested`,
  uncounted: "The report has not been read yet.",
  code: (code) => `Reason: ${code}`,
  daysLeft: (days) => `Can be viewed for ${days} more days.`,
  budget: (used, limit) => `${used} of ${limit} jobs used today.`,
  verdicts: (count) => (count === 1 ? "1 finding" : `${count} findings`),
  targets: (count) => (count === 1 ? "1 target" : `${count} targets`),
  people: (names) => `Concerns: ${names}`,
  open: "Open",
  sender: "Sent by the Web Security Checker dashboard. An admin can change this channel in its settings.",
  ownSender:
    "Sent by the Web Security Checker dashboard. You can change or turn off your notifications in its settings.",
};
