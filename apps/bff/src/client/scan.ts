import {
  ApiError,
  consentText,
  currentConsentVersion,
  isFinalPhase,
  isSettled,
  type Job,
  type Report,
  type Submission,
} from "@wsc-dashboard/wsc-core";
import type { CommandSurroundings, OpenCommand } from "../commands/command.ts";
import { readClientSettings } from "./client-settings.ts";
import { createDashboardClient, type DashboardClient, failureOf, isTransient } from "./dashboard-client.ts";
import { ClientFailure, exitCodes } from "./exit-code.ts";
import { orderKeyOf } from "./idempotency-key.ts";
import { createPatience, type Patience } from "./patience.ts";
import { countsText, saveReportFile } from "./report-file.ts";
import type { ScanOrder, ScanWords } from "./scan-words.ts";
import { countFindings, type FindingCounts, findingsAtOrAbove } from "./severity-limit.ts";

/** The consent text version of `--accept-charges`. */
const consentVersion = currentConsentVersion;

/** Maximum number of attempts under one key when the response is lost. */
const orderAttempts = 6;

/** Requests the job at most once: every retry has the same key. */
async function order(
  client: DashboardClient,
  { order: wanted, key }: ScanWords,
  { environment, tell }: CommandSurroundings,
  patience: Patience,
): Promise<Submission> {
  const { header, source } = orderKeyOf(key, environment, wanted);
  if (source === null) tell("no --key and no known pipeline: repeating this command orders another scan");
  const body = { ...wanted, consent: { textVersion: consentVersion, accepted: true as const } };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await client.jobs.create({ body }, { idempotencyKey: header })).submission;
    } catch (error) {
      if (attempt === orderAttempts || !isTransient(error)) throw error;
      tell(`no answer to the order (${failureOf(error).message}): asking again under the same key`);
      await patience.pause();
    }
  }
}

const endings: Readonly<Partial<Record<Submission["state"], string>>> = {
  FAILED: "the scan could not be started",
  MISSED: "the scan was not started in time",
  CANCELLED: "the scan was cancelled before it started",
  NEEDS_REVIEW: "nobody knows whether the scan was started: a person has to decide in the dashboard",
};

/** Waits for the job of a submission and returns its number. Throws ClientFailure when there will be none. */
async function untilBound(client: DashboardClient, first: Submission, patience: Patience, tell: Tell): Promise<string> {
  let submission = first;
  for (let told = ""; ; ) {
    const { id, state, instanceNo, reason } = submission;
    if (state !== told) tell(`submission ${id}: ${state}`);
    told = state;
    if (state === "BOUND" && instanceNo !== undefined) return instanceNo;
    if (isSettled(state) || state === "NEEDS_REVIEW") {
      const why = reason === undefined ? "" : ` (${reason.code})`;
      throw new ClientFailure(
        "unfinished",
        `${endings[state] ?? state}${why}; another --key orders anew`,
        reason?.code,
      );
    }
    await patience.pause();
    submission = (await patience.ask(() => client.submissions.get({ params: { id } }))).submission;
  }
}

type Tell = (line: string) => void;

async function untilEnded(client: DashboardClient, instanceNo: string, patience: Patience, tell: Tell): Promise<Job> {
  for (let told = ""; ; ) {
    const { job } = await patience.ask(() => client.jobs.get({ params: { instanceNo } }));
    const state = `job ${instanceNo}: ${job.status.phase}${job.progress === null ? "" : ` ${job.progress} %`}`;
    if (state !== told) tell(state);
    told = state;
    if (job.status.phase === "completed") return job;
    if (isFinalPhase(job.status.phase))
      throw new ClientFailure("unfinished", `job ${instanceNo} has ended without a report: ${job.status.phase}`);
    await patience.pause();
  }
}

/** The report of a finished job; the upstream may need a moment to provide it. */
const readReport = (client: DashboardClient, instanceNo: string, patience: Patience): Promise<Report> =>
  patience.ask(
    () => client.reports.get({ params: { instanceNo } }),
    (error) => error instanceof ApiError && error.code === "REPORT_NOT_READY",
  );

interface Outcome {
  readonly instanceNo: string;
  readonly counts: FindingCounts;
  readonly atOrAbove: number;
}

async function waitForOutcome(
  client: DashboardClient,
  { failOn, sarif }: ScanWords,
  submission: Submission,
  patience: Patience,
  tell: Tell,
): Promise<Outcome> {
  const instanceNo = await untilBound(client, submission, patience, tell);
  await untilEnded(client, instanceNo, patience, tell);
  const counts = countFindings(await readReport(client, instanceNo, patience));
  if (sarif !== null) {
    const file = await patience.ask(() =>
      client.reports.export({ params: { instanceNo }, query: { format: "sarif" } }),
    );
    saveReportFile(sarif, file.content);
  }
  return { instanceNo, counts, atOrAbove: findingsAtOrAbove(counts, failOn) };
}

function refuseWithoutConsent({ startUrl }: ScanOrder): never {
  throw new ClientFailure(
    "usage",
    [
      `nothing was ordered: a scan of ${startUrl} is charged by NAVER Cloud, and attacks the site.`,
      consentText("job", consentVersion, "en").text,
      "Give --accept-charges to agree and to order it.",
    ].join("\n"),
  );
}

/** Requests a scan with explicit consent; with `--wait` waits for its report, which determines the exit code. */
export const scan =
  (words: ScanWords): OpenCommand =>
  async (surroundings) => {
    if (!words.isAccepted) refuseWithoutConsent(words.order);
    const { environment, tell, now } = surroundings;
    const client = createDashboardClient(readClientSettings(environment));
    const patience = createPatience(words.timeoutMs, now);
    try {
      const submission = await order(client, words, surroundings, patience);
      if (!words.isWaiting) {
        return {
          lines: [`submission ${submission.id}: ${submission.state}`],
          isWell: true,
          data: { submission },
        };
      }
      const { instanceNo, counts, atOrAbove } = await waitForOutcome(client, words, submission, patience, tell);
      const verdict = atOrAbove === 0 ? [] : [`${atOrAbove} at or above ${words.failOn}`];
      return {
        lines: [`job ${instanceNo}: ${countsText(counts)}`, ...verdict],
        isWell: atOrAbove === 0,
        exitCode: atOrAbove === 0 ? exitCodes.done : exitCodes.findings,
        data: { submissionId: submission.id, instanceNo, findings: counts, sarif: words.sarif },
      };
    } catch (error) {
      throw failureOf(error);
    }
  };
