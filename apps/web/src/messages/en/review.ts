const plural = new Intl.PluralRules("en");
const s = (n: number): string => (plural.select(n) === "one" ? "" : "s");

export const review = {
  exact: "Exactly what will be sent",
  exactHint: "The dashboard adds its signature and keeps a checksum of this text in the audit log.",
  signInLater: "The cookie of the sign-in is not known yet. It is added when the job is sent.",
  checksum: "Checksum (SHA-256)",
  copyBody: "Copy the body",
  copyCurl: "Copy as curl",
  curlNote: "Sign-in values and the signature are left out: the command shows the call, it cannot make it.",
  incomplete: "It appears here once everything is filled in.",
  ledger: "Re-scans",
  used: (used: string, limit: string) => `${used} of ${limit} used`,
  daysLeft: (n: number, text: string) => `${text} day${s(n)} left`,
  closed: "The 60 days are over",
  ledgerNote: "As far as this dashboard knows; NAVER Cloud decides. The host and its address have to be the same.",
  responsibility: "You are responsible for the effects of the scan on the target and for having permission to scan it.",
  sendAnyway: (host: string) => (host === "" ? "Send anyway" : `Send anyway: ${host}`),
  fees: "Fees",
  priceList: (environment: string) => `NAVER Cloud price list (${environment})`,
  billing: "NAVER Cloud bills by calendar month.",
  rescanFees:
    "Re-scans within 60 days of the end of the first scan: 2 are free according to the product page, 3 are allowed according to the API's error table.",
  cancelFees: "Whether a cancelled or stopped job is charged, or counts as a re-scan, is not documented.",
  costOnce: "One job is sent; it may be charged once.",
  costRepeat: "Every run is a job of its own and may be charged.",
  toSchedule: "Go on to the schedule",
  openWaiting: "Show the job in the list",
  showWaiting: "Show the waiting jobs",
  newAnyway: "Start as a new job instead",
  takeTime: (time: string) => `Use ${time}`,
  refreshCatalogue: "Reload the choices",
};
