import { useQuery } from "@tanstack/react-query";
import { type GatewayFacts, isJobStatusCode, type Job, jobStatusTable } from "@wsc-dashboard/wsc-core";
import { factsQuery } from "../../api/gateway-queries.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Notice } from "../../ui/notice.tsx";

export interface StatusFilterNoteProps {
  /** The status code that the list is filtered by. */
  readonly status: string;
  readonly jobs: readonly Job[];
}

/** Rows that contradict the filter are what the server learns from as well; it keeps the fact a moment later. */
const recheckMs = 2_000;
const maxChecks = 5;

/** Says that the gateway is known to ignore the filter. */
export function StatusFilterNote({ status, jobs }: StatusFilterNoteProps) {
  const { jobList: words } = useMessages();
  const isInDoubt = jobs.some((job) => isOfOtherPhase(job, Number(status)));
  const { data } = useQuery({
    ...factsQuery,
    refetchInterval: ({ state }) =>
      isInDoubt && !isIgnored(state.data) && state.dataUpdateCount < maxChecks ? recheckMs : false,
  });
  if (!isIgnored(data)) return null;
  return (
    <Notice as="p" tone="medium">
      {words.statusIgnored}
    </Notice>
  );
}

const isIgnored = (known: GatewayFacts | undefined): boolean =>
  known?.facts.some(({ name, state }) => name === "status-filter" && state === "refuted") ?? false;

/** By phases, as the server judges: an account may have other words for a status. */
function isOfOtherPhase({ status: { phase } }: Job, code: number): boolean {
  return isJobStatusCode(code) && phase !== "unknown" && phase !== jobStatusTable[code].phase;
}
