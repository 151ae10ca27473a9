import { queryOptions } from "@tanstack/react-query";
import { type JobPreview, type JobPreviewRequest, jobPreviewRequestSchema } from "@wsc-dashboard/wsc-core";
import { newJobCalls } from "./new-job-calls.ts";

/**
 * Previews the createJob call of a request. The request becomes the query key and stays in memory, so the caller masks its
 * sign-in values first. Nothing is fetched before the request is complete.
 */
export function previewQuery(request: JobPreviewRequest) {
  return queryOptions({
    queryKey: ["preview", request],
    queryFn: ({ signal }): Promise<JobPreview> => newJobCalls.preview({ body: request }, { signal }),
    enabled: jobPreviewRequestSchema.safeParse(request).success,
    staleTime: 30_000,
    gcTime: 0,
    retry: false,
  });
}
