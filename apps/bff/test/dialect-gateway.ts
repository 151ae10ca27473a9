import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { accessKey, secretKey } from "./start-bff.ts";

/**
 * What the contract leaves open about a gateway. This file is written from the contract alone, without code of the product or the
 * emulator.
 */
export interface Dialect {
  readonly order: "newest-first" | "oldest-first" | "unordered";
  /** Maximum rows of a page, whatever the caller requests. */
  readonly cap: number;
  /** Matches whole memos, matches a part, or ignores the keyword. */
  readonly search: "exact" | "part" | "none";
  readonly memo: "kept" | "cut" | "trimmed" | "marked";
  /** How long a new job is missing from every list, in milliseconds. */
  readonly lagMs: number;
  readonly wrapped: boolean;
  readonly total: "own pages" | "asked pages";
}

/** What happens to one createJob call, and its response. */
export type CreateFate =
  /** Executed, or not, and the connection breaks. */
  | { readonly kind: "lost"; readonly isCarriedOut: boolean }
  /** Executed, with this status and body as response. `{own}` and `{other}` in it are ids of the new and of an older job. */
  | { readonly kind: "answer"; readonly status: number; readonly body: string }
  /** Not executed, with this status and body as response. */
  | { readonly kind: "refusal"; readonly status: number; readonly body: string };

interface GatewayJob {
  readonly id: string;
  readonly startUrl: string;
  readonly memo: string;
  readonly startedAt: number;
}

export interface DialectGateway {
  readonly origin: string;
  /** The jobs that createJob created, each with the memo that was sent. */
  created(): { readonly memo: string; readonly id: string }[];
  creates(): number;
  reads(): number;
  /** Fates of the next calls, in turn; later calls are executed with a plain response. */
  plan(fates: readonly CreateFate[]): void;
  close(): Promise<void>;
}

const lostMemoLength = 40;
const kept = {
  kept: (memo: string) => memo,
  cut: (memo: string) => memo.slice(0, lostMemoLength),
  trimmed: (memo: string) => memo.trim().replace(/\s+/g, " "),
  marked: (memo: string) => `${memo} (api)`,
} as const;

/** `YYYY/MM/DD hh:mm:ss` in Korea, the only date format that the vendor prints. */
const koreanDate = (at: number): string =>
  new Date(at + 9 * 3_600_000).toISOString().slice(0, 19).replaceAll("-", "/").replace("T", " ");

const success = (resources: string): string =>
  `{"returnCode":"0","returnDesc":"Request Success","returnMessage":"Success","resources":${resources}}`;

/** Ids of foreign jobs: increasing, with varying gaps. */
export const idOfOlder = (index: number): string => String(1_000 + 2 * index + Math.floor((index * index) / 100_000));

/** A gateway with `olderJobs` foreign jobs, an hour apart. */
export async function startDialectGateway(dialect: Dialect, olderJobs: number): Promise<DialectGateway> {
  const startedAt = Date.now();
  const older: GatewayJob[] = Array.from({ length: olderJobs }, (_, index) => ({
    id: idOfOlder(index),
    startUrl: "https://older.example.com/",
    memo: `older ${index}`,
    startedAt: startedAt - (olderJobs - index) * 3_600_000,
  }));
  const created: (GatewayJob & { readonly sent: string; readonly madeAt: number })[] = [];
  let planned: CreateFate[] = [];
  let creates = 0;
  let reads = 0;

  function visible(): GatewayJob[] {
    const shown = [...older, ...created.filter(({ madeAt }) => Date.now() - madeAt >= dialect.lagMs)];
    if (dialect.order === "unordered")
      return shown.map((_, index) => shown[(index * 1_201) % shown.length] as GatewayJob);
    return dialect.order === "newest-first" ? shown.reverse() : shown;
  }

  function report(id: string | undefined): string {
    const job = [...older, ...created].find((candidate) => candidate.id === id);
    if (job === undefined) return '{"error":{"errorCode":901,"message":"API Call Fail"}}';
    const ended = koreanDate(job.startedAt + 600_000);
    const text = { report_date: ended, Target_Info: job.startUrl, Memo: job.memo, Details: {} };
    return dialect.wrapped ? success(JSON.stringify(text)) : JSON.stringify(text);
  }

  function isAuthentic({ method, url, headers }: IncomingMessage): boolean {
    const timestamp = String(headers["x-ncp-apigw-timestamp"]);
    const text = `${method} ${url}\n${timestamp}\n${accessKey}`;
    return headers["x-ncp-apigw-signature-v2"] === createHmac("sha256", secretKey).update(text).digest("base64");
  }

  function page(jobs: readonly GatewayJob[], limit: number, number: number): string {
    const size = Math.min(limit, dialect.cap);
    const rows = jobs.slice((number - 1) * size, number * size).map(({ id, startUrl, memo, startedAt }) => ({
      instanceNo: Number(id),
      start_url: startUrl,
      memo,
      status: "Pending",
      start_date: koreanDate(startedAt),
      end_date: null,
      progress: 0,
      crawl_cnt: 0,
      scan_cnt: 0,
      result_button: "cancel",
    }));
    const pages = Math.max(1, Math.ceil(jobs.length / (dialect.total === "own pages" ? size : limit)));
    const text = JSON.stringify({
      total_cnt: jobs.length,
      total_page_cnt: pages,
      current_start_page: 1,
      current_end_page: Math.min(10, pages),
      record_data: rows,
    });
    return dialect.wrapped ? success(text) : text;
  }

  function search(text: string): string {
    const { searchType, searchKeyword, limit, page: number } = JSON.parse(text);
    const isMet = ({ memo }: GatewayJob): boolean => {
      if (dialect.search === "none" || searchType !== "memo") return true;
      return dialect.search === "exact" ? memo === searchKeyword : memo.includes(searchKeyword);
    };
    return page(visible().filter(isMet), limit, number);
  }

  function carryOut(text: string): string {
    const { StartUrl, Memo } = JSON.parse(text) as { StartUrl: string; Memo: string };
    const id = String(500_000 + created.length);
    const madeAt = Date.now();
    created.push({ id, startUrl: StartUrl, memo: kept[dialect.memo](Memo), startedAt: madeAt, madeAt, sent: Memo });
    return id;
  }

  function createJob(text: string, response: ServerResponse): void {
    creates += 1;
    const fate = planned.shift();
    if (fate?.kind === "lost") {
      if (fate.isCarriedOut) carryOut(text);
      response.destroy();
      return;
    }
    if (fate?.kind === "refusal") {
      response.writeHead(fate.status, { "Content-Type": "application/json" }).end(fate.body);
      return;
    }
    const id = carryOut(text);
    const { status, body } = fate ?? { status: 200, body: success("null") };
    response
      .writeHead(status, { "Content-Type": "application/json" })
      .end(body.replaceAll("{own}", id).replaceAll("{other}", "1000"));
  }

  function answer(request: IncomingMessage, response: ServerResponse, text: string): void {
    const say = (status: number, body: string): void =>
      void response.writeHead(status, { "Content-Type": "application/json" }).end(body);
    const { method, url = "" } = request;
    if (!isAuthentic(request)) {
      say(401, '{"error":{"errorCode":"200","message":"Authentication Failed"}}');
    } else if (method === "PUT" && url === "/api/v1/job") createJob(text, response);
    else if (method === "POST" && url === "/api/v1/jobs/search") {
      reads += 1;
      say(200, search(text));
    } else if (method === "GET" && url.startsWith("/api/v1/jobs?")) {
      reads += 1;
      const query = new URL(url, "http://gateway").searchParams;
      say(200, page(visible(), Number(query.get("limit")), Number(query.get("page"))));
    } else if (method === "GET" && url.endsWith("/report")) {
      reads += 1;
      say(200, report(/^\/api\/v1\/jobs\/(\d+)\/report$/.exec(url)?.[1]));
    } else say(404, '{"error":{"errorCode":"300","message":"Not Found Exception","details":"URL not found."}}');
  }

  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      text += chunk;
    });
    request.on("end", () => answer(request, response, text));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    created: () => created.map(({ sent, id }) => ({ memo: sent, id })),
    creates: () => creates,
    reads: () => reads,
    plan: (fates) => {
      planned = [...fates];
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
