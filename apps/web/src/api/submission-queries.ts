import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import { isSettled, type JobTab, type Submission, submissionEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

export const submissionCalls = callsOf(submissionEndpoints);

const watchMs = 1000;
const doubtMs = 3000;
const reviewMs = 5000;
const reservedMs = 15_000;

/** As many as fit above the job list. */
const pageSize = "20";

/** The input of the call that reads a page of open submissions. */
export function pendingSubmissionsInput(page: number, tab?: JobTab) {
  return {
    query: { view: "pending" as const, page: String(page), limit: pageSize, ...(tab === undefined ? {} : { tab }) },
  };
}

/** One page of the open submissions of all people, or of one tab; those that need review first. */
export function pendingSubmissionsQuery(listPollMs: number, page: number, tab?: JobTab) {
  return queryOptions({
    queryKey: ["submissions", "list", page, tab ?? ""],
    queryFn: ({ signal }) => submissionCalls.list(pendingSubmissionsInput(page, tab), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => {
      const open = query.state.data?.submissions.some(({ state }) => !isSettled(state));
      return open ? Math.min(doubtMs, listPollMs) : Math.max(listPollMs, doubtMs);
    },
  });
}

/** To be called after any change to submissions. */
export function refreshSubmissions(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: ["submissions"] });
}

export function submissionQuery(id: string) {
  return queryOptions({
    queryKey: ["submissions", "one", id],
    queryFn: ({ signal }): Promise<{ submission: Submission }> => submissionCalls.get({ params: { id } }, { signal }),
    refetchInterval: (query) => {
      const state = query.state.data?.submission.state;
      if (state !== undefined && isSettled(state)) return false;
      if (state === "NEEDS_REVIEW" || state === "HELD") return reviewMs;
      // A reservation is polled often only shortly before it is due.
      const dueInMs = Date.parse(query.state.data?.submission.dueAt ?? "") - Date.now();
      if (state === "SCHEDULED" && dueInMs > reviewMs) return Math.min(dueInMs - doubtMs, reservedMs);
      return watchMs;
    },
  });
}
