import { type JobRequest, prependMemoToken } from "@wsc-dashboard/wsc-core";
import type { SubmissionRow } from "../database/schema.ts";

/** The memo that the createJob calls of a submission carry. */
export function wireMemoOf({ request, token }: Pick<SubmissionRow, "request" | "token">): string {
  const { memo } = JSON.parse(request) as Pick<JobRequest, "memo">;
  return prependMemoToken(memo, token);
}
