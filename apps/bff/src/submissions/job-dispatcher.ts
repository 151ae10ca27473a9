import { fieldOf, type JobRequest, readCreatedInstanceNo, type SignIn, WscError } from "@wsc-dashboard/wsc-core";
import { type GatewayClock, type UpstreamClient, UpstreamError } from "@wsc-dashboard/wsc-core/node";
import type { Logger } from "../log/logger.ts";
import type { ScheduleStore } from "../schedules/schedule-store.ts";
import { SealBroken } from "../store/keys.ts";
import type { SubmissionRow } from "../store/schema.ts";
import type { TargetFetcher } from "../targets/target-fetcher.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import { jobCall, maskedJobCall } from "./job-call.ts";
import type { JobRules } from "./job-rules.ts";
import { createLookBack, lookBackMs } from "./look-back.ts";
import { headersOf } from "./sign-in-at-due.ts";
import type { SignInVault } from "./sign-in-vault.ts";
import type { Reason } from "./submission-record.ts";
import { judgeRefusal, maxSigningAgeMs, type SubmissionTimings } from "./submission-rules.ts";
import type { SubmissionStore } from "./submission-store.ts";

export interface DispatcherParts {
  readonly store: SubmissionStore;
  readonly vault: SignInVault;
  readonly schedules: Pick<ScheduleStore, "openSignIn" | "makeDueRuns" | "isAnyRunDue">;
  readonly client: UpstreamClient;
  readonly clock: GatewayClock;
  readonly directory: JobDirectory;
  readonly fetcher: TargetFetcher;
  readonly timings: SubmissionTimings;
  readonly rules: JobRules;
  readonly logger: Logger;
  /** No other process can hold a lease: what an earlier one left can be taken over at once. */
  readonly isSoleProcess: boolean;
}

/** A jump of the wall clock against the monotonic one that asks for a new look at the gateway's time, in milliseconds. */
const noticeableJumpMs = 60_000;
/** Nobody waits longer for the gateway's time before a submission is taken in, in milliseconds. */
const learnClockLimitMs = 1_500;
const claimsPerTick = 20;
const searchesPerTick = 20;

export interface JobDispatcher {
  /** Looks after what is due until `close`. */
  start(): void;
  /** Due work is looked at soon instead of at the next tick. */
  wake(): void;
  /** Waits a moment for the gateway's time, when it is not known: what is promised for now must be now by its clock. */
  learnClock(): Promise<void>;
  /** When it last looked for due work without trouble, in local milliseconds, and the code of what is in its way. */
  health(): { readonly lastRoundAt: number | null; readonly failure: string | null };
  /** Claims nothing new; resolves when nothing is under way. */
  close(): Promise<void>;
}

/** Sends what is due, once each, and looks for the jobs of unknown outcomes. Polls the store: a timer cannot outlive a restart. */
export function createJobDispatcher({
  store,
  vault,
  schedules,
  client,
  clock,
  directory,
  fetcher,
  timings,
  rules,
  logger,
  isSoleProcess,
}: DispatcherParts): JobDispatcher {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let isFirstTick = true;
  let lastRoundAt: number | null = null;
  let failure: string | null = null;
  let wallMinusMonotonic = Date.now() - performance.now();
  let measuring: Promise<void> | null = null;
  let measureAgainAt = Number.NEGATIVE_INFINITY;
  /** Jobs of which the upstream told the number, so that nobody has seen yet whether they carry their token. */
  const unproven: { readonly token: string; readonly instanceNo: string }[] = [];

  const errorCodeOf = (error: unknown): string => (error instanceof WscError ? error.code : "INTERNAL_ERROR");

  function reasonOf(error: WscError): Reason {
    const { upstreamMessage, errors } = error.details;
    const pointer = errors?.[0]?.pointer ?? fieldOf(error.code);
    return {
      code: error.code,
      ...(pointer === undefined ? {} : { pointer }),
      ...(upstreamMessage === undefined ? {} : { message: upstreamMessage }),
      retryable: error.retryable,
    };
  }

  async function settle(row: SubmissionRow): Promise<void> {
    await vault.erase(row.id);
    directory.forget();
  }

  /** `false` when somebody changed the submission meanwhile; then it is not settled either. */
  async function bind(row: SubmissionRow, instanceNo: string): Promise<boolean> {
    if (!(await store.bind(row, clock.now(), instanceNo))) return false;
    logger.info({ submission: row.id, state: "BOUND", instanceNo }, "submission");
    await settle(row);
    return true;
  }

  const lookBack = createLookBack({ store, directory, clock, timings, logger, bind, onLooked: () => kick() });

  /** Proof that a job is absent rests on memos being kept whole; a job whose memo is not ends all resending. */
  async function proveMemo({ token, instanceNo }: { token: string; instanceNo: string }): Promise<void> {
    const found = await directory.find(instanceNo, { fresh: true }).catch(() => null);
    // Not in the list yet, or the list does not answer: nothing is known.
    if (found === null || found.stale !== undefined || found.record.wireMemo.trimEnd().endsWith(token)) return;
    logger.error({ instanceNo, code: "MEMO_CUT" }, "the upstream did not keep a memo whole");
    await store.blockResend(clock.now(), instanceNo);
  }

  async function doubt(row: SubmissionRow, code: string): Promise<void> {
    await store.search(row, clock.now(), "IN_DOUBT", code);
    logger.warn({ submission: row.id, state: "IN_DOUBT", code }, "submission");
  }

  async function refused(row: SubmissionRow, error: WscError, offsetBefore: number): Promise<void> {
    const facts = error instanceof UpstreamError ? error.facts : null;
    const verdict = judgeRefusal(error.code, {
      attempt: row.attempts,
      sent: facts?.sent ?? "maybe",
      retryAfterMs: facts?.retryAfterMs ?? null,
      // Nor does a signature that had run out on its way say anything about the key.
      clockMoved:
        clock.offsetMs !== offsetBefore ||
        clock.now() - (row.signed_at ?? 0) > Math.max(1, timings.signatureValidityMs),
    });
    if (verdict.kind === "doubt") {
      await doubt(row, error.code);
      return;
    }
    if (verdict.kind === "exists") {
      // Perhaps it is ours, from an attempt whose answer was lost.
      const found = await directory.findByToken(row.token, row.created_at).catch(() => null);
      const [only] = found ?? [];
      if (found === null) {
        await doubt(row, error.code);
        return;
      }
      if (only !== undefined) {
        await bind(row, only.instanceNo);
        return;
      }
      if (row.collision === "skip") {
        await store.refuse(row, clock.now(), { code: "SCHEDULE_COLLISION", retryable: false }, null);
        await settle(row);
        return;
      }
    }
    const retry =
      verdict.kind === "failed"
        ? null
        : { waitMs: verdict.waitMs, gateMs: verdict.kind === "wait" ? verdict.gateMs : 0 };
    await store.refuse(row, clock.now(), reasonOf(error), retry);
    logger.info({ submission: row.id, code: error.code, retry: retry?.waitMs }, "createJob was refused");
    if (retry === null) await settle(row);
  }

  /** A run of a schedule uses the sign-in that its schedule keeps. */
  const signInOf = ({ id, schedule_id }: SubmissionRow): Promise<SignIn> =>
    schedule_id === null ? vault.open(id) : schedules.openSignIn(schedule_id);

  /**
   * The headers of a job that may still be sent: since it was wished for, a host may have left the allowlist, an ownership file
   * its server, and a password its account. Nobody pays for the scan of a stranger.
   */
  async function admitted(request: JobRequest): ReturnType<typeof headersOf> {
    await rules.check(request);
    return headersOf(request.signIn, request.startUrl, fetcher);
  }

  async function dispatch(claimed: SubmissionRow): Promise<void> {
    const wish = JSON.parse(claimed.request) as JobRequest;
    const signIn = await signInOf(claimed).catch((error: unknown) => {
      if (!(error instanceof SealBroken)) throw error;
      logger.error({ submission: claimed.id, err: error }, "sign-in data does not open");
      return undefined;
    });
    if (signIn === undefined) {
      // Never a scan without its sign-in: somebody would pay for nothing.
      await store.abandonClaim(claimed, clock.now(), {
        state: "NEEDS_REVIEW",
        reason: { code: "SIGN_IN_UNREADABLE", retryable: false },
      });
      return;
    }
    const request = { ...wish, signIn };
    const headers = await admitted(request).catch((error: unknown) => {
      if (error instanceof WscError && error.code !== "STORE_UNAVAILABLE") return error;
      throw error;
    });
    if (headers instanceof WscError) {
      await store.abandonClaim(claimed, clock.now(), { state: "FAILED", reason: reasonOf(headers) });
      logger.warn({ submission: claimed.id, state: "FAILED", code: headers.code }, "the target cannot be scanned now");
      await settle(claimed);
      return;
    }
    const wire = jobCall(request, headers, claimed.token);
    const { hash: bodyHash } = maskedJobCall(request, claimed.token);
    const signedAt = clock.now();
    const offsetBefore = clock.offsetMs;
    const row = await store.beginDispatch(claimed, signedAt, bodyHash);
    if (row === null) return;
    try {
      const { payload, recognised } = await client.call(wire, { signedAt, notAfter: signedAt + maxSigningAgeMs });
      const instanceNo = readCreatedInstanceNo(payload);
      if (instanceNo !== null) {
        await bind(row, instanceNo);
        unproven.push({ token: row.token, instanceNo });
      } else if (recognised) {
        await store.search(row, clock.now(), "ACCEPTED", "0");
        directory.forget();
      } else await doubt(row, "UPSTREAM_UNREADABLE");
    } catch (error) {
      if (error instanceof WscError && error.code !== "STORE_UNAVAILABLE") await refused(row, error, offsetBefore);
      else throw error;
    }
  }

  async function search(row: SubmissionRow): Promise<void> {
    const startedAt = clock.now();
    try {
      const found = await directory.findByToken(row.token, (row.signed_at ?? row.created_at) - lookBackMs);
      const [only] = found;
      if (found.length > 1) await store.review(row, clock.now(), "SUBMISSION_DOUBLED");
      else if (only !== undefined) await bind(row, only.instanceNo);
      else {
        const state = await store.notFound(row, clock.now(), startedAt, false);
        if (state === "MISSED") await settle(row);
      }
    } catch (error) {
      if (error instanceof WscError && error.code === "STORE_UNAVAILABLE") throw error;
      logger.warn({ submission: row.id, code: errorCodeOf(error) }, "search for a submission failed");
      await store.notFound(row, clock.now(), startedAt, true);
    }
  }

  function measure(): Promise<void> {
    if (performance.now() < measureAgainAt) return Promise.resolve();
    measuring ??= directory
      .measureClock()
      .catch(() => {
        measureAgainAt = performance.now() + timings.reconcileStepMs / 3;
      })
      .finally(() => {
        measuring = null;
      });
    return measuring;
  }

  /** The gateway's time is read before anything else and after every jump of ours: every instant in the store is by its clock. */
  async function isClockKnown(): Promise<boolean> {
    const difference = Date.now() - performance.now();
    if (Math.abs(difference - wallMinusMonotonic) > noticeableJumpMs) clock.forget();
    wallMinusMonotonic = difference;
    if (!clock.isKnown) await measure();
    return clock.isKnown;
  }

  async function tick(): Promise<void> {
    await vault.eraseSettled();
    const isAnythingOpen = (await store.isAnythingOpen()) || (await schedules.isAnyRunDue(Number.MAX_SAFE_INTEGER));
    // By a wrong clock a search would count too early, a lease would seem over, a run would be missed or come too soon.
    if (!isAnythingOpen || !(await isClockKnown())) return;
    await store.recover(clock.now(), isFirstTick && isSoleProcess);
    isFirstTick = false;
    if (await schedules.isAnyRunDue(clock.now())) await schedules.makeDueRuns(clock.now());
    for (let count = 0; count < searchesPerTick && !closed; count += 1) {
      const row = await store.takeSearch(clock.now());
      if (row === null) break;
      await search(row);
    }
    await lookBack.step();
    for (let count = 0; count < claimsPerTick && !closed; count += 1) {
      if (!(await isClockKnown()) || !(await store.isAnythingDue(clock.now(), lookBack.bounds()))) break;
      const row = await store.claim(clock.now(), lookBack.bounds());
      if (row === null) break;
      await dispatch(row);
    }
    // Last, so that nobody's turn waits for it.
    for (const job of unproven.splice(0)) await proveMemo(job);
  }

  async function run(): Promise<void> {
    clearTimeout(timer);
    do {
      again = false;
      try {
        await tick();
        lastRoundAt = Date.now();
        failure = null;
      } catch (error) {
        failure = errorCodeOf(error);
        logger.error({ code: errorCodeOf(error), err: error }, "the dispatcher's round failed");
      }
    } while (again && !closed);
    running = null;
    if (!closed) timer = setTimeout(kick, timings.dispatchTickMs);
  }

  function kick(): void {
    if (closed) return;
    again = true;
    running ??= run();
  }

  return {
    start: kick,
    wake: kick,
    health: () => ({ lastRoundAt, failure }),
    async learnClock() {
      if (clock.isKnown && Math.abs(Date.now() - performance.now() - wallMinusMonotonic) <= noticeableJumpMs) return;
      let limit: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, learnClockLimitMs);
      });
      await Promise.race([isClockKnown(), patience]);
      clearTimeout(limit);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
      await lookBack.close();
    },
  };
}
