import { queryOptions } from "@tanstack/react-query";
import { type JobPreview, type JobPreviewRequest, jobPreviewRequestSchema } from "@wsc-dashboard/wsc-core";
import { jobCalls } from "./job-queries.ts";

/**
 * The call a request would become. The request is the query's key and stays in memory, so its sign-in values have to be
 * covered before it comes here; nothing is asked before it is complete.
 */
export function previewQuery(request: JobPreviewRequest) {
  return queryOptions({
    queryKey: ["preview", request],
    queryFn: ({ signal }): Promise<JobPreview> => jobCalls.preview({ body: request }, { signal }),
    enabled: jobPreviewRequestSchema.safeParse(request).success,
    staleTime: 30_000,
    gcTime: 0,
    retry: false,
  });
}
