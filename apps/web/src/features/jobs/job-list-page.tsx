import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { RefreshCw } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { isActive, type JobListArguments, jobListQuery } from "../../api/job-queries.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useAnnounce } from "../../ui/announcer.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDocumentTitle, useMediaQuery, useNow } from "../../ui/hooks.ts";
import type { Notice } from "../../ui/notice-line.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { Freshness } from "./freshness.tsx";
import { JobBlocks } from "./job-blocks.tsx";
import { JobFilters } from "./job-filters.tsx";
import { JobListPaging } from "./job-list-paging.tsx";
import { compactJobListSearch, jobListArguments } from "./job-list-search.ts";
import { EmptyJobList, ListSkeleton } from "./job-list-states.tsx";
import { JobTable } from "./job-table.tsx";
import { useReportReminders } from "./report-reminders.tsx";
import { useStatusAnnouncements } from "./status-announcements.ts";
import { useSelection } from "./use-selection.ts";

const route = getRouteApi("/jobs");

interface JobListPageProps {
  /** What is on its way to becoming a job. */
  readonly aboveList?: ReactNode;
  /** Shows the notices of the list together with those of the page around it. */
  readonly renderNotices: (notices: readonly Notice[]) => ReactNode;
}

export function JobListPage({ aboveList, renderNotices }: JobListPageProps) {
  const messages = useMessages();
  const { jobs: words, shell } = messages;
  const formats = useFormats();
  const list = jobListArguments(route.useSearch());
  const navigate = route.useNavigate();
  const mayCreate = useMay("jobs.create");
  const query = useQuery(jobListQuery(list, useSession().listPollMs));
  const now = useNow(10_000);
  const isWide = useMediaQuery("(min-width: 48rem)");
  const { data } = query;
  const selection = useSelection(data?.jobs ?? [], JSON.stringify(list));
  const reminders = useReportReminders(data?.jobs ?? [], now);
  const isStale = data?.stale !== undefined || query.isRefetchError;
  useDocumentTitle(words.title, shell.product);
  useStatusAnnouncements(data?.jobs);
  useMatchAnnouncement(list, query.isPlaceholderData ? undefined : data?.total);

  const change = (next: Partial<JobListArguments>): void => {
    // Laid over the address as it is now: a change that waited for the last key must not undo a later one.
    void navigate({
      search: (now) => compactJobListSearch({ ...jobListArguments(now), page: 1, ...next }),
      replace: true,
    });
  };
  const Rows = isWide ? JobTable : JobBlocks;
  return (
    <>
      <div className={selection.chosen.length > 0 ? "page-head selecting" : "page-head"}>
        <h1 className="h1">
          {words.title} {data ? <span className="counter">{words.count(formats.number(data.total))}</span> : null}
        </h1>
        {selection.chosen.length > 0 ? (
          <BulkBar selection={selection} />
        ) : (
          <div className="actions">
            {data ? <Freshness asOf={data.asOf} isLive={data.jobs.some(isActive)} isStale={isStale} /> : null}
            <Button inert={query.isFetching} onClick={() => void query.refetch()}>
              <RefreshCw size={16} strokeWidth={1.75} aria-hidden="true" />
              {words.refresh}
            </Button>
            {mayCreate ? (
              <Link className={buttonClass("primary")} to="/jobs/new">
                {words.newJob}
              </Link>
            ) : null}
          </div>
        )}
      </div>
      <hr className="thick-rule" />
      {renderNotices(data ? reminders : [])}
      {aboveList}
      <JobFilters list={list} onChange={change} />
      {data ? (
        <div className={query.isPlaceholderData ? "refreshing" : undefined} aria-busy={query.isPlaceholderData}>
          {data.jobs.length > 0 ? (
            <Rows jobs={data.jobs} now={now} isStale={isStale} selection={selection} />
          ) : (
            <EmptyJobList list={list} total={data.total} onClear={() => change({ q: "", status: "" })} />
          )}
          <JobListPaging list={list} data={data} onChange={change} />
        </div>
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

/** Says how many jobs match after the filters changed; a list that merely refreshed stays silent. */
function useMatchAnnouncement({ q, status, searchBy }: JobListArguments, total: number | undefined): void {
  const { jobs } = useMessages();
  const formats = useFormats();
  const announce = useAnnounce();
  const filters = `${status} ${searchBy} ${q}`;
  const said = useRef(filters);
  useEffect(() => {
    if (total === undefined || said.current === filters) return;
    said.current = filters;
    announce(jobs.matching(total, formats.number(total)));
  }, [filters, total, announce, jobs, formats]);
}
