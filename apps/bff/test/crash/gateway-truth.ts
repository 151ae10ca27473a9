import { createHmac } from "node:crypto";
import { type AddressInfo, createServer } from "node:net";
import { type Submission, stripMemoToken } from "@wsc-dashboard/wsc-core";
import type { Emulator, SiteScanner } from "@wsc-dashboard/wsc-emulator";
import { accessKey, secretKey } from "./child-bff.ts";
import type { SeenCreate } from "./holding-proxy.ts";

/** Finds nothing and ends at once, so that the target is free again before a second job could be sent. */
export const idleScanner: SiteScanner = {
  crawl: async () => ({ pages: [], scannedDomains: [], notScannedDomains: [] }),
  probe: async () => [],
};

export interface Targets {
  readonly urls: readonly string[];
  close(): Promise<void>;
}

/** Targets that accept connections and close them, each with its own host. */
export async function openTargets(count: number): Promise<Targets> {
  const servers = Array.from({ length: count }, () => createServer((socket) => socket.on("error", () => {}).destroy()));
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))));
  return {
    urls: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    close: async () => {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

export interface GatewayJob {
  readonly instanceNo: string;
  readonly memo: string;
}

/** All jobs of the gateway, read without the client under test. */
export async function jobsOf(emulator: Emulator): Promise<GatewayJob[]> {
  const { signatureValidityMs } = emulator.control.settings();
  // On a busy machine our own request must not expire.
  emulator.control.changeSettings({ signatureValidityMs: 300_000 });
  const jobs = await readJobs(emulator);
  emulator.control.changeSettings({ signatureValidityMs });
  return jobs;
}

async function readJobs(emulator: Emulator): Promise<GatewayJob[]> {
  const jobs: GatewayJob[] = [];
  for (let page = 1; ; page += 1) {
    const path = `/api/v1/jobs?limit=100&page=${page}`;
    const timestamp = String(Date.now() + emulator.control.settings().clockOffsetMs);
    const signature = createHmac("sha256", secretKey)
      .update(`GET ${path}\n${timestamp}\n${accessKey}`)
      .digest("base64");
    const answer = await fetch(`${emulator.origin}${path}`, {
      headers: {
        "content-type": "application/json",
        "x-ncp-apigw-timestamp": timestamp,
        "x-ncp-iam-access-key": accessKey,
        "x-ncp-apigw-signature-v2": signature,
      },
    });
    const { resources } = (await answer.json()) as {
      resources: { total_cnt: number; record_data: { instanceNo: number; memo: string }[] };
    };
    jobs.push(...resources.record_data.map(({ instanceNo, memo }) => ({ instanceNo: String(instanceNo), memo })));
    if (jobs.length >= resources.total_cnt || resources.record_data.length === 0) return jobs;
  }
}

/** A requested submission; the text of its memo identifies it. */
export interface RequestedSubmission {
  readonly id: string;
  readonly memo: string;
  /** Milliseconds by the gateway's clock. */
  readonly dueAt: number;
}

export interface Judgement {
  /** More than one job for one submission. */
  readonly doubled: readonly string[];
  /** Not settled, or missing. */
  readonly lost: readonly string[];
  /** Sent before it was due. */
  readonly early: readonly string[];
  /** The shown state contradicts the gateway. */
  readonly untrue: readonly string[];
  /** A call that was sent without its own record, or with another token. */
  readonly unrecorded: readonly string[];
  readonly inReview: number;
  /** How many need review, by the shown reason. */
  readonly reviewReasons: Readonly<Record<string, number>>;
  readonly bound: number;
  readonly attempts: number;
}

/** Compares what the dashboard shows with what the gateway has. `seen`: the createJob calls as seen on the network. */
export function judge(
  requested: readonly RequestedSubmission[],
  shown: readonly Submission[],
  jobs: readonly GatewayJob[],
  emulator: Emulator,
  seen: readonly SeenCreate[],
): Judgement {
  const doubled: string[] = [];
  const lost: string[] = [];
  const early: string[] = [];
  const untrue: string[] = [];
  const unrecorded: string[] = [];
  const reviewReasons: Record<string, number> = {};
  let inReview = 0;
  let bound = 0;
  let attempts = 0;
  const arrivals = emulator.control
    .requests()
    .filter(({ operation, isAuthentic }) => operation === "createJob" && isAuthentic)
    .map(({ receivedAt, body }) => ({
      at: Date.parse(receivedAt),
      memo: String((body as { Memo?: unknown } | null)?.Memo ?? ""),
    }));
  if (shown.length !== requested.length) lost.push(`${requested.length} requested, ${shown.length} submissions`);
  for (const { id, memo, dueAt } of requested) {
    const own = jobs.filter((job) => stripMemoToken(job.memo) === memo);
    if (own.length > 1) doubled.push(`${memo}: ${own.map(({ instanceNo }) => instanceNo).join(", ")}`);
    const submission = shown.find((candidate) => candidate.id === id);
    if (submission === undefined) {
      lost.push(`${memo}: gone`);
      continue;
    }
    attempts += submission.attempts.length;
    switch (submission.state) {
      case "BOUND":
        bound += 1;
        if (own.length === 0 || !own.some(({ instanceNo }) => instanceNo === submission.instanceNo))
          untrue.push(`${memo}: BOUND to ${submission.instanceNo}, the gateway has ${JSON.stringify(own)}`);
        break;
      case "NEEDS_REVIEW": {
        const code = submission.reason?.code ?? "none";
        inReview += 1;
        reviewReasons[code] = (reviewReasons[code] ?? 0) + 1;
        if (own.length > 0) untrue.push(`${memo}: NEEDS_REVIEW (${code}), its job exists`);
        break;
      }
      case "MISSED":
      case "FAILED":
      case "CANCELLED":
        if (own.length > 0) untrue.push(`${memo}: ${submission.state} (${submission.reason?.code}), its job exists`);
        break;
      default:
        lost.push(`${memo}: still ${submission.state}`);
    }
    for (const { at } of arrivals.filter((arrival) => stripMemoToken(arrival.memo) === memo))
      if (at < dueAt) early.push(`${memo}: ${dueAt - at} ms`);
    const recorded = new Set(submission.attempts.map(({ sentAt }) => Date.parse(sentAt)));
    const calls = seen.filter((call) => stripMemoToken(call.memo) === memo);
    for (const { signedAt, arrivedAt } of calls) {
      if (!recorded.has(signedAt)) unrecorded.push(`${memo}: a call signed at ${signedAt}, arrived ${arrivedAt}`);
    }
    if (new Set(calls.map((call) => call.memo)).size > 1) unrecorded.push(`${memo}: several tokens`);
    if (new Set(calls.map(({ signedAt }) => signedAt)).size !== calls.length)
      unrecorded.push(`${memo}: two calls of one attempt`);
  }
  return { doubled, lost, early, untrue, unrecorded, inReview, reviewReasons, bound, attempts };
}
