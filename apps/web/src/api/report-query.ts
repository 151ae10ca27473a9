import { queryOptions } from "@tanstack/react-query";
import type { ExportFormat, FileAnswer, FindingQuery, Language } from "@wsc-dashboard/wsc-core";
import { reportEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const reportCalls = callsOf(reportEndpoints);

/** A report never changes; it is refetched only because it can expire. */
export function reportQuery(instanceNo: string) {
  return queryOptions({
    queryKey: ["reports", instanceNo],
    queryFn: ({ signal }) => reportCalls.get({ params: { instanceNo } }, { signal }),
    staleTime: 5 * 60_000,
  });
}

/** The previous run of a report's target, and whether the later run covered much less. */
export function predecessorQuery(instanceNo: string) {
  return queryOptions({
    queryKey: ["reports", instanceNo, "predecessor"],
    queryFn: ({ signal }) => reportCalls.predecessor({ params: { instanceNo } }, { signal }),
    staleTime: 5 * 60_000,
  });
}

/** The reports that expire soon, independent of the list's page. A failure is not shown: this is only a reminder. */
export const closingReportsQuery = queryOptions({
  queryKey: ["reports", "closing"],
  queryFn: ({ signal }) => reportCalls.closing({}, { signal }),
  staleTime: 10 * 60_000,
  retry: false,
});

interface ReportFile {
  readonly format: ExportFormat;
  /** Language of the file's texts for people. */
  readonly lang: Language;
  readonly zone: string;
  /** Which findings the file contains. */
  readonly filter: FindingQuery;
}

/** Returns a report as a file. */
export function fetchReportFile(instanceNo: string, { filter, ...query }: ReportFile): Promise<FileAnswer> {
  return reportCalls.export({ params: { instanceNo }, query: { ...query, ...filter } });
}
