const plural = new Intl.PluralRules("en");
const s = (n: number): string => (plural.select(n) === "one" ? "" : "s");

export const submissions = {
  reservedFor: (time: string) => `Reserved for ${time}`,
  dueAt: (time: string) => `Due ${time}`,
  by: (name: string) => `By ${name}`,
  ofSchedule: "From a schedule",
  sent: (n: number, text: string) => `Sent ${text} time${s(n)} so far`,

  cancel: "Cancel…",
  cancelOf: (host: string) => `Cancel the waiting request of ${host}`,
  confirmCancelTitle: "Cancel this before it is sent?",
  confirmCancelText: "Nothing is sent to NAVER Cloud and nothing is charged. It cannot be resumed.",
  confirmCancel: "Cancel it",
  keep: "Keep it",
  cancelling: "Cancelling…",
  cancelled: (host: string) => `Cancelled, nothing was sent: ${host}`,

  decide: "Decide…",
  decideOf: (host: string) => `Decide what happened to the job of ${host}`,
  resolveTitle: "What happened to this job?",
  resolveText:
    "It could not be determined whether NAVER Cloud created it. Look for the target in the job list and in the NAVER Cloud console, then choose.",
  signInLost: "Its sign-in values cannot be opened, so it was not sent. Sending again fails until they can be opened.",
  decision: "Your decision",
  exists: "It exists",
  existsHint: "The request is linked to that job. Nothing is sent.",
  number: "Number of the job",
  numberInvalid: "Enter the job number: digits only, 20 at most.",
  resend: "Send again",
  resendHint: "If the job exists after all, there will be two, and both may be charged.",
  drop: "Discard request",
  dropHint: "Nothing is sent any more. If the job exists after all, it continues and may be charged.",
  confirmExists: "Link to this job",
  confirmResend: "Send again",
  confirmDrop: "Discard request",
  deciding: "Saving…",
  decideLater: "Decide later",
  existsDone: (host: string) => `Linked to the job: ${host}`,
  resendDone: (host: string) => `It is sent again: ${host}`,
  dropDone: (host: string) => `Discarded: ${host}`,

  notices: "About new jobs",
  budgetDayNear: (used: string, limit: string) => `${used} of the ${limit} jobs for today are used.`,
  budgetDayOver: (limit: string) =>
    `All ${limit} jobs for today are used. New ones are refused, reserved ones wait for tomorrow.`,
  budgetNextAt: (time: string) => `The next job is possible at ${time}.`,
  budgetHourNear: (used: string, limit: string) => `You have used ${used} of your ${limit} jobs for an hour.`,
  budgetHourOver: (limit: string) => `You have used all of your ${limit} jobs for an hour. Try again a little later.`,
  allowResend: "Allow automatic resending",
  allowResendDone: "Requests in doubt are resent automatically from now on.",
};
