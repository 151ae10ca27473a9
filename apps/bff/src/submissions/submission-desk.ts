import { createHmac, randomBytes, randomUUID } from "node:crypto";
import {
  appendMemoToken,
  createJobBody,
  createJobRequest,
  createMemoToken,
  errorEntry,
  type JobRequest,
  readCreatedInstanceNo,
  type Submission,
  WscError,
} from "@wsc-dashboard/wsc-core";
import { type UpstreamClient, UpstreamError } from "@wsc-dashboard/wsc-core/node";
import type { User } from "../identity/identity.ts";
import type { Logger } from "../log/logger.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";

export interface SubmissionTimings {
  readonly createSpacingMs: number;
  readonly reconcileStepMs: number;
  readonly signatureValidityMs: number;
  readonly indexLagMs: number;
}

/** A submission with what only the server may know; the sign-in headers live until the outcome is clear, in memory only. */
interface Entry {
  submission: Submission;
  readonly token: string;
  readonly request: JobRequest;
  headers: Readonly<Record<string, string>> | null;
  sentAt: number;
}

const maxKept = 2000;
/** Searches for a job of unknown outcome after the call, in steps; then one every four. */
const firstSearches = [2 / 15, 10 / 15, 30 / 15, 60 / 15];
const laterSearches = 4;

export type SubmissionDesk = ReturnType<typeof createSubmissionDesk>;

/**
 * Every wish for a job passes here: one createJob per submission, one at a time, never repeated. When the answer has no id or
 * none came, the job is looked for by the token in its memo. Kept in memory only: a restart forgets what was not bound.
 */
export function createSubmissionDesk(
  client: UpstreamClient,
  directory: JobDirectory,
  timings: SubmissionTimings,
  logger: Logger,
  now: () => number,
) {
  const entries = new Map<string, Entry>();
  const byIdempotencyKey = new Map<string, { fingerprint: string; id: string }>();
  const fingerprintKey = randomBytes(32);
  const timers = new Set<NodeJS.Timeout>();
  let queue: Promise<void> = Promise.resolve();
  let lastCreateAt = Number.NEGATIVE_INFINITY;
  let closed = false;

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, ms);
      timer.unref();
      timers.add(timer);
    });
  }

  function update(entry: Entry, change: Partial<Submission>): void {
    entry.submission = { ...entry.submission, ...change };
    const { id, state, instanceNo, reason } = entry.submission;
    logger.info({ submission: id, state, instanceNo, upstreamCode: reason?.code }, "submission");
  }

  function reasonOf(error: WscError): NonNullable<Submission["reason"]> {
    const { pointer } = errorEntry(error.code);
    const { upstreamMessage } = error.details;
    return {
      code: error.code,
      ...(pointer === undefined ? {} : { pointer }),
      ...(upstreamMessage === undefined ? {} : { message: upstreamMessage }),
      retryable: error.retryable,
    };
  }

  function withoutReason(submission: Submission): Submission {
    const { reason: _, ...rest } = submission;
    return rest;
  }

  function bind(entry: Entry, instanceNo: string): void {
    entry.submission = withoutReason(entry.submission);
    update(entry, { state: "BOUND", instanceNo });
    directory.forget();
  }

  function doubt(entry: Entry, code: string): void {
    update(entry, { state: "IN_DOUBT", reason: { code, retryable: false } });
    void reconcile(entry);
  }

  /** Looks for the job until it is found, or until its absence cannot be explained by lateness: then a person decides. */
  async function reconcile(entry: Entry): Promise<void> {
    const fenceOver = entry.sentAt + timings.signatureValidityMs + timings.indexLagMs;
    let absences = 0;
    for (let search = 0; !closed; search += 1) {
      const steps =
        firstSearches[search] ?? (firstSearches.at(-1) ?? 0) + laterSearches * (search - firstSearches.length + 1);
      await pause(Math.max(0, entry.sentAt + steps * timings.reconcileStepMs - now()));
      if (closed) return;
      const startedAt = now();
      try {
        const found = await directory.findByToken(entry.token);
        const [only] = found;
        if (only !== undefined && found.length === 1) {
          bind(entry, only.instanceNo);
          return;
        }
        if (found.length > 1) {
          update(entry, { state: "NEEDS_REVIEW", reason: { code: "OUTCOME_UNKNOWN", retryable: false } });
          return;
        }
        absences = startedAt > fenceOver ? absences + 1 : 0;
        if (absences >= 2) {
          update(entry, { state: "NEEDS_REVIEW", reason: { code: "OUTCOME_UNKNOWN", retryable: false } });
          return;
        }
      } catch (error) {
        // A search that failed is no answer.
        absences = 0;
        logger.warn(
          { submission: entry.submission.id, upstreamCode: error instanceof WscError ? error.code : undefined },
          "search for a submission failed",
        );
      }
    }
  }

  async function dispatch(entry: Entry): Promise<void> {
    await pause(Math.max(0, lastCreateAt + timings.createSpacingMs - now()));
    if (closed) return;
    const body = createJobBody(entry.request, entry.headers, appendMemoToken(entry.request.memo, entry.token));
    entry.sentAt = now();
    lastCreateAt = entry.sentAt;
    const attempt = { sentAt: new Date(entry.sentAt).toISOString() };
    update(entry, { state: "DISPATCHING", attempts: [attempt] });
    try {
      const { payload, recognised } = await client.call(createJobRequest(body));
      const instanceNo = readCreatedInstanceNo(payload);
      update(entry, { attempts: [{ ...attempt, code: "0" }] });
      directory.forget();
      if (instanceNo !== null) bind(entry, instanceNo);
      else if (recognised) {
        update(entry, { state: "ACCEPTED" });
        void reconcile(entry);
      } else doubt(entry, "UPSTREAM_UNREADABLE");
    } catch (error) {
      const known =
        error instanceof WscError ? error : new WscError("INTERNAL_ERROR", "createJob failed", { cause: error });
      update(entry, { attempts: [{ ...attempt, code: known.code }] });
      const certainlyNot =
        errorEntry(known.code).created === "no" || (known instanceof UpstreamError && known.facts.sent === "no");
      if (certainlyNot) update(entry, { state: "FAILED", reason: reasonOf(known) });
      else doubt(entry, known.code);
      if (!(error instanceof WscError)) logger.error({ err: error }, "unexpected failure of createJob");
    } finally {
      entry.headers = null;
    }
  }

  function forgetOldest(): void {
    for (const [id, { submission }] of entries) {
      if (entries.size <= maxKept) break;
      if (["BOUND", "FAILED"].includes(submission.state)) entries.delete(id);
    }
    for (const [key, { id }] of byIdempotencyKey) if (!entries.has(id)) byIdempotencyKey.delete(key);
  }

  return {
    /**
     * Takes a wish for a job and answers at once. The same idempotency key brings the same submission back; with another
     * request it throws IDEMPOTENCY_KEY_REUSED.
     */
    submit(
      request: JobRequest,
      user: User,
      idempotencyKey: string | undefined,
    ): { submission: Submission; replayed: boolean } {
      const fingerprint = createHmac("sha256", fingerprintKey).update(JSON.stringify(request)).digest("hex");
      const scopedKey = idempotencyKey === undefined ? null : `${user.id} ${idempotencyKey}`;
      const earlier = scopedKey === null ? undefined : byIdempotencyKey.get(scopedKey);
      const earlierEntry = earlier === undefined ? undefined : entries.get(earlier.id);
      if (earlier !== undefined && earlierEntry !== undefined) {
        if (earlier.fingerprint !== fingerprint) {
          throw new WscError("IDEMPOTENCY_KEY_REUSED", undefined, {
            errors: [{ pointer: "/Idempotency-Key", code: "IDEMPOTENCY_KEY_REUSED" }],
          });
        }
        return { submission: earlierEntry.submission, replayed: true };
      }
      const at = new Date(now()).toISOString();
      const { signIn, ...rest } = request;
      const entry: Entry = {
        token: createMemoToken(randomBytes(10)),
        request: { ...rest, signIn: { kind: "none" } },
        headers: signIn.kind === "headers" ? signIn.headers : null,
        sentAt: 0,
        submission: {
          id: randomUUID(),
          state: "SCHEDULED",
          startUrl: request.startUrl,
          memo: request.memo,
          createdAt: at,
          createdBy: user.name,
          dueAt: at,
          attempts: [],
        },
      };
      entries.set(entry.submission.id, entry);
      if (scopedKey !== null) byIdempotencyKey.set(scopedKey, { fingerprint, id: entry.submission.id });
      forgetOldest();
      const { submission } = entry;
      queue = queue
        .then(() => dispatch(entry))
        .catch((error: unknown) => logger.error({ err: error }, "dispatch failed"));
      return { submission, replayed: false };
    },

    get: (id: string): Submission | null => entries.get(id)?.submission ?? null,

    /** Newest first. */
    list: (): Submission[] => [...entries.values()].map(({ submission }) => submission).reverse(),

    /** Starts nothing new; resolves when the call under way, if any, has its answer. */
    async close(): Promise<void> {
      closed = true;
      const running = [...entries.values()].some(({ submission }) => submission.state === "DISPATCHING");
      if (running) await queue;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
