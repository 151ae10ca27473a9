import { fieldOf, isCertainRefusal, type JobRequest, type SignIn, WscError } from "@wsc-dashboard/wsc-core";
import { type GatewayClock, type UpstreamClient, UpstreamError } from "@wsc-dashboard/wsc-core/node";
import { readCreatedHint } from "@wsc-dashboard/wsc-core/upstream";
import { SealBroken } from "../database/keys.ts";
import type { SubmissionRow } from "../database/schema.ts";
import { jobCall, maskedJobCall } from "../job-requests/create-job-call.ts";
import type { JobRules } from "../job-requests/job-rules.ts";
import { signInKindOf } from "../job-requests/stored-request.ts";
import { headersOf } from "../job-requests/target-headers.ts";
import type { Logger } from "../log/logger.ts";
import type { CredentialVault } from "../outbox/credential-vault.ts";
import { judgeRefusal, judgeSearch, maxSigningAgeMs, type SubmissionTimings } from "../outbox/decisions.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { isSettled, type Reason } from "../outbox/states.ts";
import { wireMemoOf } from "../outbox/wire-memo.ts";
import type { TargetFetcher } from "../targets/target-fetcher.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import { clockToleranceMs, type TokenSearch } from "../upstream/token-search.ts";
import type { Settlement } from "./settlement.ts";

export interface SenderParts {
  readonly outbox: Pick<Outbox, "abandonClaim" | "beginDispatch" | "search" | "refuse">;
  readonly vault: Pick<CredentialVault, "open">;
  /** Decrypts the target credentials that the schedule of a run keeps. Throws SealBroken or SIGN_IN_UNREADABLE. */
  readonly openScheduleSignIn: (scheduleId: string) => Promise<SignIn>;
  readonly client: UpstreamClient;
  readonly clock: GatewayClock;
  readonly directory: JobDirectory;
  readonly fetcher: TargetFetcher;
  readonly timings: SubmissionTimings;
  readonly rules: JobRules;
  readonly settlement: Settlement;
  readonly tokenSearch: Pick<TokenSearch, "byToken">;
  /** Called before a submission is sent for the first time, with the milliseconds since it was due. */
  readonly onFirstSend: (lateMs: number) => void;
  /** Called when the list is to be searched for a job at once. */
  readonly onAccepted: () => void;
  readonly logger: Logger;
}

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

type CredentialReader = Pick<SenderParts, "vault" | "openScheduleSignIn" | "logger">;

/** Target credentials of the submission, or of the schedule of a run; `null` when they are missing or cannot be decrypted. */
async function readSignIn(
  { vault, openScheduleSignIn, logger }: CredentialReader,
  { id, schedule_id, request }: SubmissionRow,
): Promise<SignIn | null> {
  const kind = signInKindOf(request);
  try {
    if (schedule_id === null) return await vault.open(id, kind);
    const signIn = await openScheduleSignIn(schedule_id);
    if (kind === undefined || signIn.kind === kind) return signIn;
    throw new WscError("SIGN_IN_UNREADABLE", "the schedule keeps other target credentials than its run was made with");
  } catch (error) {
    const isUnreadable = error instanceof WscError && error.code === "SIGN_IN_UNREADABLE";
    if (!isUnreadable && !(error instanceof SealBroken)) throw error;
    logger.error({ submission: id, err: error }, "target credentials cannot be read");
    return null;
  }
}

/** Handles a refusal of createJob: retries, settles, searches for the job, or binds it. */
function createRefusalHandling(parts: SenderParts) {
  const { outbox, clock, tokenSearch, timings, settlement, logger } = parts;

  async function doubt(row: SubmissionRow, code: string): Promise<void> {
    await outbox.search(row, clock.now(), "IN_DOUBT", { code });
    logger.warn({ submission: row.id, state: "IN_DOUBT", code }, "submission");
  }

  function judge(row: SubmissionRow, error: WscError, offsetBefore: number): ReturnType<typeof judgeRefusal> {
    const facts = error instanceof UpstreamError ? error.facts : null;
    // A signature that expired on its way says nothing about the key either.
    const isExpired = clock.now() - (row.signed_at ?? 0) > Math.max(1, timings.signatureValidityMs);
    return judgeRefusal(error.code, {
      attempt: row.attempts,
      sent: facts?.sent ?? "maybe",
      retryAfterMs: facts?.retryAfterMs ?? null,
      certain: facts !== null && isCertainRefusal({ ...facts, code: error.code }),
      clockMoved: clock.offsetMs !== offsetBefore || clock.suspectedOffsetMs !== null || clock.isUntried || isExpired,
    });
  }

  /** The target has a job, perhaps ours from an attempt whose response was lost. Returns `true` when the refusal is handled. */
  async function settleExisting(row: SubmissionRow, error: WscError): Promise<boolean> {
    const isFirst = row.calls <= 1;
    const options = { since: row.created_at - clockToleranceMs, isQuick: isFirst };
    const searched = await tokenSearch.byToken(row.token, wireMemoOf(row), options).catch(() => null);
    const records = searched?.found.get(row.token) ?? [];
    const [first] = records;
    if (judgeSearch(records) === "found" && first !== undefined) {
      await settlement.bind(row, first);
      return true;
    }
    // Without an earlier call the job is not ours; otherwise the list has to prove that.
    const isForeign = records.length === 0 && searched !== null && (isFirst || searched.absence === "proven");
    if (!isForeign) {
      await doubt(row, error.code);
      return true;
    }
    if (row.collision !== "skip") return false;
    await outbox.refuse(row, clock.now(), { code: "SCHEDULE_COLLISION", retryable: false }, null);
    await settlement.settle(row);
    return true;
  }

  async function refused(row: SubmissionRow, error: WscError, offsetBefore: number): Promise<void> {
    const verdict = judge(row, error, offsetBefore);
    if (verdict.kind === "doubt") {
      await doubt(row, error.code);
      return;
    }
    if (verdict.kind === "exists" && (await settleExisting(row, error))) return;
    const retry =
      verdict.kind === "failed"
        ? null
        : { waitMs: verdict.waitMs, lockMs: verdict.kind === "wait" ? verdict.lockMs : 0 };
    const changed = await outbox.refuse(row, clock.now(), reasonOf(error), retry);
    logger.info({ submission: row.id, code: error.code, state: changed?.state }, "createJob was refused");
    if (changed !== null && isSettled(changed.state)) await settlement.settle(changed);
  }

  return { doubt, refused };
}

/** Sends one claimed submission at most once. */
export function createSender(parts: SenderParts) {
  const { outbox, client, clock, directory, fetcher, rules, settlement, onAccepted, onFirstSend, logger } = parts;
  const { doubt, refused } = createRefusalHandling(parts);

  /**
   * The job's headers, or the error that forbids sending it: since the request, a host may have left the allowlist, an ownership
   * file may be gone, a password may have changed. No scan of a server other than the requested one is paid for.
   */
  async function admit(request: JobRequest): Promise<Awaited<ReturnType<typeof headersOf>> | WscError> {
    try {
      await rules.check(request);
      return await headersOf(request.signIn, request.startUrl, fetcher);
    } catch (error) {
      if (error instanceof WscError && error.code !== "STORE_UNAVAILABLE") return error;
      throw error;
    }
  }

  async function call(row: SubmissionRow, wire: ReturnType<typeof jobCall>, signedAt: number): Promise<void> {
    const offsetBefore = clock.offsetMs;
    try {
      const { payload, recognised } = await client.call(wire, { signedAt, notAfter: signedAt + maxSigningAgeMs });
      const { hint } = readCreatedHint(payload);
      if (recognised || hint !== null) {
        await outbox.search(row, clock.now(), "ACCEPTED", { code: "0", hint });
        directory.forget();
        onAccepted();
      } else await doubt(row, "UPSTREAM_UNREADABLE");
    } catch (error) {
      if (error instanceof WscError && error.code !== "STORE_UNAVAILABLE") await refused(row, error, offsetBefore);
      else throw error;
    }
  }

  return async function send(claimed: SubmissionRow): Promise<void> {
    const signIn = await readSignIn(parts, claimed);
    if (signIn === null) {
      // Never scan without the requested sign-in: the fee would be wasted.
      const reason = { code: "SIGN_IN_UNREADABLE", retryable: false };
      await outbox.abandonClaim(claimed, clock.now(), { state: "NEEDS_REVIEW", reason });
      return;
    }
    const request = { ...(JSON.parse(claimed.request) as JobRequest), signIn };
    const headers = await admit(request);
    if (headers instanceof WscError) {
      await outbox.abandonClaim(claimed, clock.now(), { state: "FAILED", reason: reasonOf(headers) });
      logger.warn({ submission: claimed.id, state: "FAILED", code: headers.code }, "the target cannot be scanned now");
      await settlement.settle(claimed);
      return;
    }
    const { hash: bodyHash } = maskedJobCall(request, claimed.token);
    const signedAt = clock.now();
    const row = await outbox.beginDispatch(claimed, signedAt, bodyHash);
    if (row === null) return;
    if (claimed.attempts === 0) onFirstSend(signedAt - claimed.due_at);
    await call(row, jobCall(request, headers, claimed.token), signedAt);
  };
}
