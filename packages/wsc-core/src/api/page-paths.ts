/**
 * Every page of the dashboard, for the web router and for the server that delivers pages. Segments that begin with `$` are
 * parameters.
 */
export const pagePaths = {
  overview: "/",
  monthlyReport: "/reports/monthly",
  jobs: "/jobs",
  newJob: "/jobs/new",
  job: "/jobs/$instanceNo",
  report: "/jobs/$instanceNo/report",
  compare: "/compare",
  targets: "/targets",
  target: "/targets/$host",
  schedules: "/schedules",
  newSchedule: "/schedules/new",
  calendar: "/schedules/calendar",
  schedule: "/schedules/$id",
  audit: "/audit",
  settings: "/settings",
  tokens: "/settings/tokens",
  demo: "/demo",
  help: "/help",
  apiReference: "/help/api",
  notifications: "/settings/notifications",
  ownNotifications: "/settings/own-notifications",
  signedOut: "/signed-out",
} as const;

type PagePath = (typeof pagePaths)[keyof typeof pagePaths];
type ParameterOf<Path extends string> = Path extends `${string}$${infer Name}/${infer Rest}`
  ? Name | ParameterOf<Rest>
  : Path extends `${string}$${infer Name}`
    ? Name
    : never;

/** Allowed values per parameter. */
const parameterPatterns: Readonly<Record<ParameterOf<PagePath>, string>> = {
  instanceNo: "[1-9][0-9]{0,19}",
  id: "[0-9a-z-]{1,64}",
  // Host name and port, as browsers encode them in a path.
  host: "(?:[0-9A-Za-z._~:-]|%[0-9A-Fa-f]{2}){1,900}",
};

const patterns = Object.values(pagePaths).map(
  (path) =>
    new RegExp(`^${path.replace(/\$(\w+)/g, (_, name: string) => parameterPatterns[name as ParameterOf<PagePath>])}$`),
);

/** Whether there is a page at the path of an address. */
export function isPagePath(path: string): boolean {
  return patterns.some((pattern) => pattern.test(path));
}
