import { useQuery } from "@tanstack/react-query";
import type { Job, Submission } from "@wsc-dashboard/wsc-core";
import { jobQuery } from "../../api/job-queries.ts";
import { useSession } from "../../api/session-query.ts";
import { submissionQuery } from "../../api/submission-queries.ts";

export interface DemoScanState {
  readonly submission: Submission | undefined;
  readonly job: Job | undefined;
  readonly error: Error | null;
}

/** Follows a scan of the demo from its request to its end. */
export function useDemoScan(submissionId: string | undefined): DemoScanState {
  const { listPollMs } = useSession();
  const isRequested = submissionId !== undefined;
  const requested = useQuery({ ...submissionQuery(submissionId ?? ""), enabled: isRequested });
  const submission = isRequested ? requested.data?.submission : undefined;
  const instanceNo = submission?.instanceNo;
  const followed = useQuery({ ...jobQuery(instanceNo ?? "", listPollMs), enabled: instanceNo !== undefined });
  return {
    submission,
    job: instanceNo === undefined ? undefined : followed.data?.job,
    // A job that was just created may not be listed yet: it is asked for again.
    error: isRequested ? requested.error : null,
  };
}
