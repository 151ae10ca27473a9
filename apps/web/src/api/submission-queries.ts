import { queryOptions } from "@tanstack/react-query";
import { isSettled, type Submission } from "@wsc-dashboard/wsc-core";
import { bff } from "./bff-client.ts";

const watchMs = 1000;
const doubtMs = 3000;

export function submissionsQuery(listPollMs: number) {
  return queryOptions({
    queryKey: ["submissions", "list"],
    queryFn: ({ signal }) => bff.submissions.list({}, { signal }),
    refetchInterval: (query) => {
      const open = query.state.data?.submissions.some(({ state }) => !isSettled(state));
      return open ? Math.min(doubtMs, listPollMs) : Math.max(listPollMs, doubtMs);
    },
  });
}

export function submissionQuery(id: string) {
  return queryOptions({
    queryKey: ["submissions", "one", id],
    queryFn: ({ signal }): Promise<{ submission: Submission }> => bff.submissions.get({ params: { id } }, { signal }),
    refetchInterval: (query) => {
      const state = query.state.data?.submission.state;
      if (state !== undefined && isSettled(state)) return false;
      return state === "IN_DOUBT" || state === "RETRY_WAIT" ? doubtMs : watchMs;
    },
  });
}
