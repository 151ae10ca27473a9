const plural = new Intl.PluralRules("en");
const s = (n: number): string => (plural.select(n) === "one" ? "" : "s");

export const targets = {
  title: "Targets",
  count: (n: number, text: string) => `${text} host${s(n)}`,
  caption: "Targets, most open high risks first",
  target: "Target",
  lastJob: "Last job",
  open: "Open",
  change: "Change",
  rescan: "Re-scan",
  trend: "Trend",
  jobsOf: (host: string) => `Jobs of ${host}`,
  fromReport: (time: string) => `Report of ${time}`,
  noReport: "No readable report",
  reading: "Reading the report…",
  unchanged: "Unchanged",
  noPredecessor: "First report",
  changeText: (high: string, medium: string, low: string) =>
    `High ${high}, medium ${medium}, low ${low} since the report before`,
  compare: "Compare",
  rescanDays: (n: number, text: string) => `${text} day${s(n)} left`,
  rescanLeft: (n: number, text: string) => `${text} time${s(n)} left`,
  rescanStart: "Re-scan",
  noRescan: "Not possible now",
  trendText: (reports: string, high: string, medium: string, low: string) =>
    `Over ${reports} reports: high ${high}, medium ${medium}, low ${low}`,
  trendTooFew: "From three reports on",
  partial: (read: string, total: string) =>
    `Made from the newest ${read} of ${total} jobs. Older targets may be missing.`,
  pending: (n: number, text: string) => `${text} report${s(n)} still being read; the table fills itself in.`,
  failed: (n: number, text: string) =>
    `${text} report${s(n)} could not be read from NAVER Cloud; ${n === 1 ? "it is" : "they are"} tried again later.`,
  note: "Counts are NAVER Cloud's own, from the newest readable report. How often a target may be re-scanned is known as far as this dashboard has seen; NAVER Cloud decides.",
  emptyTitle: "No targets yet",
  emptyText: "A host appears here as soon as a job for it exists.",
  failedTitle: "The targets cannot be shown",
};
