/** Every page of the dashboard. Links are written with the router's typed `Link`, so a wrong path does not compile. */
export const paths = {
  jobs: "/jobs",
  newJob: "/jobs/new",
  job: "/jobs/$instanceNo",
  report: "/jobs/$instanceNo/report",
  compare: "/compare",
  targets: "/targets",
  schedules: "/schedules",
  newSchedule: "/schedules/new",
  schedule: "/schedules/$id",
  audit: "/audit",
  settings: "/settings",
  signedOut: "/signed-out",
} as const;
