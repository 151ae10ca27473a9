import { Link } from "@tanstack/react-router";
import { jobTabs, type TabCounts } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { compactJobListSearch, type JobListView } from "./job-list-search.ts";

const tabs = [...jobTabs, ""] as const;

interface JobTabsProps {
  readonly list: JobListView;
  /** The number of jobs in each tab, once known. */
  readonly counts: TabCounts | undefined;
}

/** Tabs of the list, each with its number of jobs regardless of other filters. */
export function JobTabs({ list, counts }: JobTabsProps) {
  const { jobs } = useMessages();
  const { number } = useFormats();
  return (
    <nav aria-label={jobs.tabsLabel}>
      <ul className="m-0 flex list-none flex-wrap gap-x-5 border-b border-hairline p-0">
        {tabs.map((tab) => {
          const isCurrent = list.tab === tab;
          return (
            <li key={tab}>
              <Link
                className={`inline-flex items-baseline gap-1.5 border-b-2 py-2 text-text no-underline hover:underline ${isCurrent ? "border-text font-bold" : "border-transparent"}`}
                to="/jobs"
                search={compactJobListSearch({ ...list, tab, page: 1 })}
                aria-current={isCurrent ? "page" : undefined}
              >
                {jobs.tabs[tab === "" ? "all" : tab]}
                {tab === "" || counts === undefined ? null : (
                  <span className="font-normal text-text-3 tabular-nums">{number(counts[tab])}</span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
