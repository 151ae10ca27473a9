import {
  type BffApi,
  errorEntry,
  type Handlers,
  type Job,
  type JobPhase,
  targetHostOf,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { UpstreamClient } from "@wsc-dashboard/wsc-core/node";
import { cancelJobRequest, stopJobRequest } from "@wsc-dashboard/wsc-core/upstream";
import { actedBy } from "../audit/audit-event.ts";
import type { AuditJournal } from "../audit/audit-journal.ts";
import type { CallContext } from "../calls/call-context.ts";
import type { MemoTokens } from "../intake/memo-tokens.ts";
import type { SubmissionIntake } from "../intake/submission-intake.ts";
import { contentHashOf, maskedJobCall } from "../job-requests/create-job-call.ts";
import type { JobRules } from "../job-requests/job-rules.ts";
import type { RescanRecords } from "../outbox/rescan-records.ts";
import { createSharedSlots } from "../shares/shared-slots.ts";
import type { FoundJob } from "../upstream/find-job.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import type { JobSettingsReader } from "./job-settings.ts";

/** Maximum number of concurrent previews, each of which stores a memo token. */
const maxPreviews = { total: 32, perPerson: 4 };

export interface JobHandlerParts {
  readonly client: UpstreamClient;
  readonly directory: JobDirectory;
  readonly intake: SubmissionIntake;
  readonly journal: AuditJournal;
  readonly rules: JobRules;
  readonly tokens: MemoTokens;
  readonly rescans: RescanRecords;
  readonly settings: JobSettingsReader;
  /** Stores the new state of jobs, so that their summaries need not be read again. Never throws. */
  readonly noteJobs: (jobs: readonly Job[]) => Promise<void>;
  readonly upstreamOrigin: string;
  readonly now: () => number;
}

type Actor = Pick<CallContext, "user" | "requestId">;

interface CancelResult {
  readonly instanceNo: string;
  job?: Job;
  readonly code?: string;
}

/** The current job; throws for a stale one. */
function freshJob(found: FoundJob | null): Job | null {
  if (found?.stale !== undefined) throw new WscError(found.stale.code);
  return found?.record.job ?? null;
}

const acts = {
  cancel: { request: cancelJobRequest, done: ["cancelled"] },
  stop: { request: stopJobRequest, done: ["stopping", "stopped"] },
} as const satisfies Record<string, { request: typeof cancelJobRequest; done: readonly JobPhase[] }>;

/** Cancels and stops jobs: the action is sent once, and the result is the job's state afterwards. */
function createJobActs({ client, directory, journal }: Pick<JobHandlerParts, "client" | "directory" | "journal">) {
  async function reread(instanceNo: string): Promise<Job | null> {
    directory.forget();
    return freshJob(await directory.find(instanceNo, { fresh: true }));
  }

  /** Reads the job, sends the action once, and reads the job again. A refusal is explained by the job's new state. */
  async function act(verb: keyof typeof acts, instanceNo: string, context: Actor): Promise<Job> {
    if (directory.wasMissed(instanceNo)) throw directory.notMet(instanceNo);
    return actOn(verb, await reread(instanceNo), instanceNo, context, async (before) => {
      // The action succeeded; only reading the job again failed.
      return (await reread(instanceNo).catch(() => null)) ?? before;
    });
  }

  /** `before`: the job as just read. `lookAgain`: reads its state afterwards. */
  async function actOn(
    verb: keyof typeof acts,
    before: Job | null,
    instanceNo: string,
    { user, requestId }: Actor,
    lookAgain: (before: Job) => Promise<Job>,
  ): Promise<Job> {
    if (before === null) throw directory.notMet(instanceNo);
    // With an unknown status the upstream decides.
    if (!before.capabilities[verb] && before.status.phase !== "unknown") throw new WscError("JOB_STATE_CONFLICT");
    const audited = {
      ...actedBy(user),
      action: `job.${verb}`,
      object: `job/${instanceNo}`,
      ...(URL.canParse(before.startUrl) ? { target: targetHostOf(before.startUrl) } : {}),
      requestId,
    };
    return journal.around(audited, () => actOnce(verb, instanceNo, before, lookAgain));
  }

  async function actOnce(
    verb: keyof typeof acts,
    instanceNo: string,
    before: Job,
    lookAgain: (before: Job) => Promise<Job>,
  ): Promise<Job> {
    const isDone = (job: Job): boolean => acts[verb].done.some((phase) => phase === job.status.phase);
    try {
      const { recognised } = await client.call(acts[verb].request(instanceNo));
      // A response in an unknown format proves nothing; the job's state decides.
      if (!recognised) throw new WscError("UPSTREAM_UNREADABLE", `${verb}: an answer of no known form`);
    } catch (error) {
      if (!(error instanceof WscError) || errorEntry(error.code).created === "no") throw error;
      const after = await reread(instanceNo);
      if (after === null) throw directory.notMet(instanceNo);
      if (isDone(after)) return after;
      if (error.code === "901") throw new WscError("JOB_STATE_CONFLICT", "refused with 901", { cause: error });
      throw error;
    }
    return lookAgain(before);
  }

  /** Cancels jobs sequentially, since the upstream has no bulk call; the list is walked once before and once after. */
  async function cancelEach(instanceNos: readonly string[], context: Actor): Promise<CancelResult[]> {
    directory.forget();
    const before = directory.startWalk();
    const results: CancelResult[] = [];
    for (const instanceNo of instanceNos) {
      try {
        const job = freshJob(await before.find(instanceNo));
        results.push({ instanceNo, job: await actOn("cancel", job, instanceNo, context, async (same) => same) });
      } catch (error) {
        if (!(error instanceof WscError)) throw error;
        results.push({ instanceNo, code: error.code });
      }
    }
    directory.forget();
    const after = directory.startWalk();
    for (const result of results) {
      if (result.job !== undefined) {
        result.job = (await after.find(result.instanceNo).catch(() => null))?.record.job ?? result.job;
      }
    }
    return results;
  }

  return { act, cancelEach };
}

export function jobHandlers({
  client,
  directory,
  intake,
  journal,
  rules,
  tokens,
  rescans,
  settings,
  noteJobs,
  upstreamOrigin,
  now,
}: JobHandlerParts): Handlers<BffApi, CallContext>["jobs"] {
  const { act, cancelEach } = createJobActs({ client, directory, journal });

  const noted = async (acted: Promise<Job>): Promise<Job> => {
    const job = await acted;
    await noteJobs([job]);
    return job;
  };

  const previewing = createSharedSlots(maxPreviews, "previews");

  async function endOf(instanceNo: string): Promise<Date | null> {
    const found = await directory.find(instanceNo).catch((error: unknown) => {
      // Then only the end time is unknown.
      if (error instanceof WscError) return null;
      throw error;
    });
    const endedAt = found?.record.job.endedAt ?? null;
    return endedAt === null ? null : new Date(endedAt);
  }

  return {
    list: async ({ query }) =>
      directory.listSerialised({
        searchBy: query.q === "" ? null : query.searchBy,
        keyword: query.q,
        statusCode: query.status ?? null,
        limit: query.limit,
        page: query.page,
      }),
    get: async ({ params }) => {
      const found = await directory.find(params.instanceNo);
      if (found === null) throw directory.notMet(params.instanceNo);
      const { record, asOf, stale } = found;
      const { job } = record;
      return {
        job,
        asOf,
        ...(stale === undefined ? {} : { stale }),
        ...(job.status.phase === "completed" ? { rescan: await rescans.ledgerOf(job.instanceNo, endOf) } : {}),
      };
    },
    settings: ({ params }) => settings.ofJob(params.instanceNo),
    create: async ({ body }, context) => {
      await rules.check(body);
      return { submission: await intake.submit(body, context) };
    },
    preview: async ({ body }, { user }) => {
      rules.checkTarget(body);
      const token = await previewing.run(user.id, () => tokens.promise(user.id, contentHashOf(body), now()));
      const { method, pathAndQuery, body: content, hash } = maskedJobCall(body, token);
      return { method, origin: upstreamOrigin, path: pathAndQuery, body: content ?? "", hash };
    },
    cancel: async ({ params }, context) => ({ job: await noted(act("cancel", params.instanceNo, context)) }),
    cancelMany: async ({ body }, context) => {
      const results = await cancelEach(body.instanceNos, context);
      await noteJobs(results.flatMap(({ job }) => job ?? []));
      return { results };
    },
    stop: async ({ params }, context) => ({ job: await noted(act("stop", params.instanceNo, context)) }),
  };
}
