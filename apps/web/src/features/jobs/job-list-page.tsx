import { getRouteApi, Link } from "@tanstack/react-router";
import type { Job, JobTab } from "@wsc-dashboard/wsc-core";
import { RefreshCw } from "lucide-react";
import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useRef } from "react";
import { isActive } from "../../api/job-queries.ts";
import { useMay } from "../../api/session-query.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { useAnnounce } from "../../ui/announcer.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Counter } from "../../ui/counter.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDocumentTitle, useMediaQuery, useNow } from "../../ui/hooks.ts";
import { lazyDialog } from "../../ui/lazy-dialog.tsx";
import type { Notice } from "../../ui/notice-line.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Refreshing } from "../../ui/refreshing.tsx";
import { useSelection } from "../../ui/use-selection.ts";
import { LazyViewMenu } from "../../views/lazy-view-menu.ts";
import { ExportJobs } from "./export-jobs.tsx";
import { Freshness } from "./freshness.tsx";
import { JobBlocks } from "./job-blocks.tsx";
import { JobFilters } from "./job-filters.tsx";
import { JobListPaging } from "./job-list-paging.tsx";
import {
  compactJobListSearch,
  isKeptView,
  type JobListView,
  jobListView,
  noFilters,
  readJobListSearch,
} from "./job-list-search.ts";
import { EmptyJobList, ListSkeleton } from "./job-list-states.tsx";
import { JobTable } from "./job-table.tsx";
import { JobTabs } from "./job-tabs.tsx";
import { ListCoverage, OrderNote } from "./list-coverage.tsx";
import { useReportReminders } from "./report-reminders.tsx";
import { useStatusAnnouncements } from "./status-announcements.ts";
import { useJobList } from "./use-job-list.ts";

const LazyBulkBar = lazyDialog(async () => (await import("./bulk-bar.tsx")).BulkBar);
const LazyStatusFilterNote = lazyDialog(async () => (await import("./status-filter-note.tsx")).StatusFilterNote);

const route = getRouteApi("/jobs");

const rowsOfFirstRendering = 12;
const noJobs: readonly Job[] = [];
const numberOf = ({ instanceNo }: Job): string => instanceNo;

interface JobListPageProps {
  /** Content above the list: open submissions. */
  readonly renderAbove: (tab: JobTab | undefined) => ReactNode;
  /** Renders the notices of the list together with those of the page around it. */
  readonly renderNotices: (notices: readonly Notice[], tab: JobTab | undefined) => ReactNode;
}

export function JobListPage({ renderAbove, renderNotices }: JobListPageProps) {
  const messages = useMessages();
  const { jobs: words, shell } = messages;
  const formats = useFormats();
  const search = route.useSearch();
  const list = useMemo(() => jobListView(search), [search]);
  const tab = list.tab === "" ? undefined : list.tab;
  const navigate = route.useNavigate();
  const mayCreate = useMay("jobs.create");
  const { query, data, isLatest, notes, tabs, reading } = useJobList(list, formats.zone);
  const jobs = data?.jobs ?? noJobs;
  const rows = useRowsInSteps(jobs);
  const now = useNow(10_000);
  const isWide = useMediaQuery("(min-width: 48rem)");
  const selection = useSelection(jobs, numberOf, JSON.stringify(list));
  const reminders = useReportReminders(jobs, now);
  const isStale = data?.stale !== undefined || query.isRefetchError;
  useDocumentTitle(words.title, shell.product);
  useStatusAnnouncements(data?.jobs);
  useMatchAnnouncement(list, isLatest && !query.isPlaceholderData ? data?.total : undefined);

  const change = (next: Partial<JobListView>): void => {
    // Applied to the current address: a debounced change must not undo a later one.
    void navigate({
      search: (now) => compactJobListSearch({ ...jobListView(now), page: 1, ...next }),
      replace: true,
    });
  };
  const openView = useCallback(
    (next: Readonly<Record<string, string>>) => void navigate({ search: readJobListSearch(next), replace: true }),
    [navigate],
  );
  const Rows = isWide ? JobTable : JobBlocks;
  return (
    <>
      <PageHead isSelecting={selection.chosen.length > 0}>
        <h1 className="text-h1">
          {words.title} {data ? <Counter>{words.count(formats.number(data.total))}</Counter> : null}
        </h1>
        {selection.chosen.length > 0 ? (
          <LazyBulkBar selection={selection} />
        ) : (
          <Actions>
            {/* A new installation has nothing to filter; not loading the menu keeps its first page small. */}
            {data && (data.total > 0 || Object.keys(search).length > 0) ? (
              <LazyViewMenu list="jobs" search={search} onOpen={openView} />
            ) : null}
            {data ? <Freshness asOf={data.asOf} isLive={data.jobs.some(isActive)} isStale={isStale} /> : null}
            {data && data.total > 0 ? <ExportJobs list={list} /> : null}
            <Button inert={query.isFetching} onClick={() => void query.refetch()}>
              <RefreshCw size={16} strokeWidth={1.75} aria-hidden="true" />
              {words.refresh}
            </Button>
            {mayCreate ? (
              <Link className={buttonClass("primary")} to="/jobs/new">
                {words.newJob}
              </Link>
            ) : null}
          </Actions>
        )}
      </PageHead>
      {renderNotices(data ? reminders : [], tab)}
      <JobTabs list={list} counts={tabs} />
      {renderAbove(tab)}
      <JobFilters list={list} onChange={change} />
      <ListCoverage list={list} total={data?.total} reading={reading} />
      {/* Stored jobs are filtered by the dashboard itself. */}
      {data && list.status !== "" && !isKeptView(list) ? (
        <LazyStatusFilterNote status={list.status} jobs={query.isPlaceholderData ? [] : data.jobs} />
      ) : null}
      {data ? (
        <Refreshing isOn={query.isPlaceholderData}>
          {data.jobs.length > 0 ? (
            <Rows jobs={rows} now={now} isStale={isStale} selection={selection} notes={notes} list={list} />
          ) : (
            <EmptyJobList list={list} total={data.total} onClear={() => change(noFilters)} />
          )}
          <JobListPaging list={list} data={data} onChange={change} />
          {data.jobs.length > 0 ? <OrderNote list={list} reading={reading} /> : null}
        </Refreshing>
      ) : query.isError ? (
        <ErrorNotice
          heading={words.failedTitle}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
          isAlert
        />
      ) : (
        <ListSkeleton />
      )}
    </>
  );
}

let isFirstRendering = true;

/**
 * The jobs; when the list is shown for the first time, what fits on a screen and then the others, since adding all rows to the
 * document at once blocks a slow phone. Not later: going back to the list needs its height at once.
 */
function useRowsInSteps(jobs: readonly Job[]): readonly Job[] {
  const rows = useDeferredValue(jobs, isFirstRendering ? jobs.slice(0, rowsOfFirstRendering) : jobs);
  useEffect(() => {
    isFirstRendering = false;
  }, []);
  return rows;
}

/** Announces how many jobs match after the filters changed; a mere refresh is silent. */
function useMatchAnnouncement(
  { q, status, searchBy, tab, period, from, until }: JobListView,
  total: number | undefined,
): void {
  const { jobs } = useMessages();
  const formats = useFormats();
  const announce = useAnnounce();
  const filters = `${tab} ${period} ${from} ${until} ${status} ${searchBy} ${q}`;
  const said = useRef(filters);
  useEffect(() => {
    if (total === undefined || said.current === filters) return;
    said.current = filters;
    announce(jobs.matching(total, formats.number(total)));
  }, [filters, total, announce, jobs, formats]);
}
