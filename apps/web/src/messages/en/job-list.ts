import { s } from "./plural.ts";

/** What is done with several jobs of the list, and what is rarely said above it. */
export const jobList = {
  statusIgnored:
    "NAVER Cloud ignores the status filter: this list holds jobs of other statuses as well. With a period chosen, the dashboard filters by itself.",
  rescanTitle: (n: number, text: string) => `Re-scan ${text} job${s(n)}?`,
  rescanResult: (n: string, of: string) => `${n} of ${of} re-scans requested`,
  rescanJobs: "Jobs to re-scan",
  rescanStart: (n: number, text: string) => `Start ${text} re-scan${s(n)}`,
  rescanning: (done: string, of: string) => `Requesting… ${done} of ${of}`,
  rescanNot: "Do not re-scan",
  rescanRule:
    "Each repeats its job with the same settings, at most three times within 60 days. NAVER Cloud decides, and the dashboard's budgets apply.",
  rescanConsent: (text: string) => `Applies to each of the ${text} re-scans that will be requested.`,
  rescanLeftOut: (n: number, text: string) => `${text} selected job${s(n)} cannot be re-scanned.`,
  rescanReading: "Reading its settings…",
  rescanSame: "Same settings",
  rescanSpeedAssumed: "Same settings; the speed is not known: normal",
  rescanSent: "Requested",
  rescanUnsure: "No answer. Press start again: it is not requested twice",
  rescanForm: "Open its form",
  rescanObstacles: {
    login: "Signs in: the values have to be entered again.",
    managed: "Server at another provider: needs a separate agreement.",
    unknown: "Its settings are not known.",
  },
};
