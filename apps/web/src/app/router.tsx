import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
} from "@tanstack/react-router";
import { pagePaths } from "@wsc-dashboard/wsc-core";
import { jobListQuery } from "../api/job-queries.ts";
import { closingReportsQuery, reportQuery } from "../api/report-query.ts";
import { sessionQuery } from "../api/session-query.ts";
import { pendingSubmissionsQuery } from "../api/submission-queries.ts";
import { readAuditSearch } from "../features/audit/audit-search.ts";
import { readCompareSearch } from "../features/compare/compare-search.ts";
import { readDemoSearch } from "../features/demo/demo-search.ts";
import { readWizardSearch } from "../features/job-wizard/wizard-search.ts";
import { JobListPage } from "../features/jobs/job-list-page.tsx";
import { isKeptView, jobListView, readJobListSearch } from "../features/jobs/job-list-search.ts";
import { listArguments } from "../features/jobs/use-job-list.ts";
import { readMonthlySearch } from "../features/overview/monthly-search.ts";
import { readReportSearch } from "../features/reports/report-search.ts";
import { readCalendarSearch } from "../features/schedules/calendar-search.ts";
import { readScheduleSearch } from "../features/schedules/schedule-search.ts";
import { SignedOutPage } from "../features/session/signed-out-page.tsx";
import { PendingSubmissions } from "../features/submissions/pending-submissions.tsx";
import { SubmissionNotices } from "../features/submissions/submission-notices.tsx";
import { readTargetSearch } from "../features/targets/target-search.ts";
import { loadErrorTexts, loadOtherPages } from "../messages/language.ts";
import { CrashPage, NotFoundPage } from "./error-page.tsx";
import { PageLoading } from "./page-loading.tsx";
import { storedLanguage } from "./preferences.ts";
import { Shell } from "./shell.tsx";

/**
 * The router merges the parsed search over the raw one, so a part that was not parsed must be set to `undefined`; otherwise the
 * invalid raw value would remain.
 */
function readingOnly<Search extends object>(read: (raw: Record<string, unknown>) => Search) {
  return (raw: Record<string, unknown>): Search => ({
    ...Object.fromEntries(Object.keys(raw).map((name) => [name, undefined])),
    ...read(raw),
  });
}

/** A page whose code and texts are loaded on navigation or preloading. */
function lazyPage<Name extends string>(load: () => Promise<Record<Name, RouteComponent>>, name: Name) {
  return lazyRouteComponent(async () => {
    const language = storedLanguage();
    const [page] = await Promise.all([load(), loadOtherPages(language), loadErrorTexts(language)]);
    return page;
  }, name);
}

/** Prefetches the data of a page while its code loads. Errors are ignored here: the page fetches again and shows them. */
function ask(read: () => Promise<void>): void {
  read().catch(() => {});
}

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Shell,
  notFoundComponent: NotFoundPage,
});

const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.overview,
  loader: ({ context: { queryClient }, cause }) => {
    if (cause !== "preload")
      ask(async () => {
        const { overviewQuery } = await import("../api/overview-query.ts");
        await queryClient.prefetchQuery({ ...overviewQuery, retry: false });
      });
  },
  component: lazyPage(() => import("../features/overview/overview-page.tsx"), "OverviewPage"),
});

const monthlyReportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.monthlyReport,
  validateSearch: readingOnly(readMonthlySearch),
  component: lazyPage(() => import("../features/overview/monthly-report-page.tsx"), "MonthlyReportPage"),
});

const jobsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.jobs,
  validateSearch: readingOnly(readJobListSearch),
  loaderDeps: ({ search }) => search,
  // Not awaited: the list, and what stands above it and would push it down, are fetched while the page loads.
  loader: ({ context: { queryClient }, deps, cause }) => {
    const view = jobListView(deps);
    const pollMs = queryClient.getQueryData(sessionQuery.queryKey)?.listPollMs ?? 15_000;
    if (cause !== "preload") {
      const pending = pendingSubmissionsQuery(pollMs, 1, view.tab === "" ? undefined : view.tab);
      void queryClient.prefetchQuery({ ...pending, retry: false });
      void queryClient.prefetchQuery(closingReportsQuery);
    }
    // Views of stored jobs respond fast enough without prefetching.
    if (isKeptView(view)) return;
    void queryClient.prefetchQuery({ ...jobListQuery(listArguments(view), pollMs), retry: false });
  },
  component: () => (
    <JobListPage
      renderAbove={(tab) => <PendingSubmissions tab={tab} />}
      renderNotices={(notices, tab) => <SubmissionNotices more={notices} tab={tab} />}
    />
  ),
});

const newJobRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.newJob,
  validateSearch: readingOnly(readWizardSearch),
  component: lazyPage(() => import("../features/job-wizard/job-wizard-page.tsx"), "JobWizardPage"),
});

const jobRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.job,
  component: lazyPage(() => import("../features/jobs/job-detail-page.tsx"), "JobDetailPage"),
});

const reportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.report,
  validateSearch: readingOnly(readReportSearch),
  // Fetched while the page loads; not when a link is merely hovered.
  loader: ({ context: { queryClient }, params, cause }) => {
    if (cause === "preload") return;
    void queryClient.prefetchQuery({ ...reportQuery(params.instanceNo), retry: false });
  },
  component: lazyPage(() => import("../features/reports/report-page.tsx"), "ReportPage"),
});

const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.compare,
  validateSearch: readingOnly(readCompareSearch),
  component: lazyPage(() => import("../features/compare/compare-page.tsx"), "ComparePage"),
});

const targetsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.targets,
  validateSearch: readingOnly(readTargetSearch),
  loader: ({ context: { queryClient }, cause }) => {
    if (cause !== "preload")
      ask(async () => {
        const { targetsQuery } = await import("../api/target-query.ts");
        await queryClient.prefetchQuery({ ...targetsQuery, retry: false });
      });
  },
  component: lazyPage(() => import("../features/targets/target-list-page.tsx"), "TargetListPage"),
});

const targetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.target,
  component: lazyPage(() => import("../features/targets/target-page.tsx"), "TargetPage"),
});

const schedulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.schedules,
  component: lazyPage(() => import("../features/schedules/schedule-list-page.tsx"), "ScheduleListPage"),
});

const newScheduleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.newSchedule,
  component: lazyPage(() => import("../features/schedules/new-schedule-page.tsx"), "NewSchedulePage"),
});

const calendarRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.calendar,
  validateSearch: readingOnly(readCalendarSearch),
  component: lazyPage(() => import("../features/schedules/calendar-page.tsx"), "CalendarPage"),
});

const scheduleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.schedule,
  validateSearch: readScheduleSearch,
  component: lazyPage(() => import("../features/schedules/schedule-page.tsx"), "SchedulePage"),
});

const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.audit,
  validateSearch: readingOnly(readAuditSearch),
  component: lazyPage(() => import("../features/audit/audit-page.tsx"), "AuditPage"),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.settings,
  component: lazyPage(() => import("../features/settings/settings-page.tsx"), "SettingsPage"),
});

const tokensRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.tokens,
  component: lazyRouteComponent(() => import("../features/tokens/token-list-page.tsx"), "TokenListPage"),
});

const demoRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.demo,
  validateSearch: readingOnly(readDemoSearch),
  component: lazyPage(() => import("../features/demo/demo-page.tsx"), "DemoPage"),
});

const helpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.help,
  component: lazyRouteComponent(() => import("../features/help/help-page.tsx"), "HelpPage"),
});

const apiReferenceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.apiReference,
  component: lazyRouteComponent(() => import("../features/api-reference/api-reference-page.tsx"), "ApiReferencePage"),
});

const notificationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.notifications,
  component: lazyRouteComponent(() => import("../features/notifications/channel-list-page.tsx"), "ChannelListPage"),
});

const ownNotificationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.ownNotifications,
  component: lazyPage(() => import("../features/notifications/own-channel-page.tsx"), "OwnChannelPage"),
});

const signedOutRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.signedOut,
  component: SignedOutPage,
});

const routeTree = rootRoute.addChildren([
  overviewRoute,
  monthlyReportRoute,
  jobsRoute,
  newJobRoute,
  jobRoute,
  reportRoute,
  compareRoute,
  targetsRoute,
  targetRoute,
  schedulesRoute,
  newScheduleRoute,
  calendarRoute,
  scheduleRoute,
  auditRoute,
  settingsRoute,
  tokensRoute,
  demoRoute,
  helpRoute,
  apiReferenceRoute,
  notificationsRoute,
  ownNotificationsRoute,
  signedOutRoute,
]);

// Search values stay strings: a job number must not become a JavaScript number.
function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== "") params.append(name, String(value));
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

export function createAppRouter(queryClient: QueryClient) {
  const router = createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: CrashPage,
    defaultPendingComponent: PageLoading,
    defaultPendingMinMs: 0,
  });
  // On a later navigation the page before stays until the next one is there.
  const leave = router.subscribe("onResolved", () => {
    leave();
    router.update({ ...router.options, defaultPendingMs: Number.POSITIVE_INFINITY });
  });
  return router;
}
export type AppRouter = ReturnType<typeof createAppRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}
