import { queryOptions } from "@tanstack/react-query";
import type { ExportFormat, FileAnswer, FindingQuery, Language } from "@wsc-dashboard/wsc-core";
import { reportEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const reportCalls = callsOf(reportEndpoints);

/** A report never changes; it is asked for again only because it can expire. */
export function reportQuery(instanceNo: string) {
  return queryOptions({
    queryKey: ["reports", instanceNo],
    queryFn: ({ signal }) => reportCalls.get({ params: { instanceNo } }, { signal }),
    staleTime: 5 * 60_000,
  });
}

/** The run before a report's, and whether this one saw much less than it. */
export function predecessorQuery(instanceNo: string) {
  return queryOptions({
    queryKey: ["reports", instanceNo, "predecessor"],
    queryFn: ({ signal }) => reportCalls.predecessor({ params: { instanceNo } }, { signal }),
    staleTime: 5 * 60_000,
  });
}

/** The reports that close soon, whatever page of the list is open. A reminder is not worth an error. */
export const closingReportsQuery = queryOptions({
  queryKey: ["reports", "closing"],
  queryFn: ({ signal }) => reportCalls.closing({}, { signal }),
  staleTime: 10 * 60_000,
  retry: false,
});

interface ReportFile {
  readonly format: ExportFormat;
  /** Of the words in it that are for people. */
  readonly lang: Language;
  readonly zone: string;
  /** Which findings it holds. */
  readonly filter: FindingQuery;
}

/** A report as a file. */
export function fetchReportFile(instanceNo: string, { filter, ...query }: ReportFile): Promise<FileAnswer> {
  return reportCalls.export({ params: { instanceNo }, query: { ...query, ...filter } });
}
