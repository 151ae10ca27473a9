import { useQuery } from "@tanstack/react-query";
import { isFinalPhase, isSettled, type Job, type Submission } from "@wsc-dashboard/wsc-core";
import { jobQuery } from "../../api/job-queries.ts";
import { useSession } from "../../api/session-query.ts";
import { submissionQuery } from "../../api/submission-queries.ts";

export interface DemoScanState {
  readonly submission: Submission | undefined;
  readonly job: Job | undefined;
  /** Requested and not ended yet: the vendor takes no second scan of a target. */
  readonly isRunning: boolean;
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
  const job = instanceNo === undefined ? undefined : followed.data?.job;
  const isWithoutJob = submission !== undefined && instanceNo === undefined && isSettled(submission.state);
  return {
    submission,
    job,
    isRunning: isRequested && !isWithoutJob && !(job !== undefined && isFinalPhase(job.status.phase)),
    // A job that was just created may not be listed yet: it is asked for again.
    error: isRequested ? requested.error : null,
  };
}
