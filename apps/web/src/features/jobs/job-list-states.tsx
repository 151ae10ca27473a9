import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useMay, useSession } from "../../api/session-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useDelayed } from "../../ui/hooks.ts";
import { lazyDialog } from "../../ui/lazy-dialog.tsx";
import { compactJobListSearch, isFilteredView, type JobListView } from "./job-list-search.ts";

const LazyDemoLink = lazyDialog(async () => (await import("../../domain-ui/demo-link.tsx")).DemoLink);

interface EmptyJobListProps {
  readonly list: JobListView;
  readonly total: number;
  readonly onClear: () => void;
}

/** Three different messages: no job exists, none matches, or the page is past the end. */
export function EmptyJobList({ list, total, onClear }: EmptyJobListProps) {
  const { jobs } = useMessages();
  const mayCreate = useMay("jobs.create");
  const { demoSite } = useSession().upstream;
  if (total > 0) {
    return (
      <EmptyState
        title={jobs.pastEndTitle}
        actions={
          <Link className={buttonClass()} to="/jobs" search={compactJobListSearch({ ...list, page: 1 })}>
            {jobs.firstPage}
          </Link>
        }
      />
    );
  }
  if (isFilteredView(list) || list.tab !== "") {
    return (
      <EmptyState
        title={list.tab === "" ? jobs.zeroTitle : jobs.zeroTab[list.tab]}
        actions={isFilteredView(list) ? <Button onClick={onClear}>{jobs.clearFilters}</Button> : null}
      >
        {isFilteredView(list) ? <p>{jobs.zeroText}</p> : null}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={jobs.emptyTitle}
      actions={
        mayCreate ? (
          <>
            <Link className={buttonClass("primary")} to="/jobs/new">
              {jobs.newJob}
            </Link>
            {demoSite === null ? null : <LazyDemoLink />}
          </>
        ) : null
      }
    >
      <p>{mayCreate ? jobs.emptyText : jobs.emptyTextReader}</p>
    </EmptyState>
  );
}

const skeletonRows = ["a", "b", "c", "d", "e", "f", "g", "h"];
const patienceSeconds = 10;

/** Grey rows with the list's geometry, shown only when the response takes a while; after ten seconds with a text. */
export function ListSkeleton() {
  const { shell } = useMessages();
  const isLate = useDelayed(true, 200);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((passed) => passed + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (!isLate) return <div className="min-h-96" />;
  return (
    <div className="min-h-96" aria-busy="true">
      <p className={seconds >= patienceSeconds ? "text-text-3" : "sr-only"}>
        {seconds >= patienceSeconds ? shell.stillWaiting(seconds) : shell.loading}
      </p>
      <div aria-hidden="true">
        {skeletonRows.map((row) => (
          <div
            key={row}
            className="grid grid-cols-[2fr_1fr_1fr] gap-4 border-b border-hairline py-[0.8125rem] [&>span]:h-3.5 [&>span]:rounded-[2px] [&>span]:bg-sunken"
          >
            <span />
            <span />
            <span />
          </div>
        ))}
      </div>
    </div>
  );
}
