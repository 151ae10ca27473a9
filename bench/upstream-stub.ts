/** A minimal-cost upstream in its own process: ready responses in the vendor's format, whatever the request and its signature. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface UpstreamOptions {
  readonly jobs: number;
  /** Number of findings in the report that every job has. */
  readonly findings: number;
  /** Delay before a report is sent, in milliseconds. */
  readonly reportDelayMs?: number;
  /** Number of jobs that can be cancelled: the first rows of the list. */
  readonly waiting?: number;
}

export interface UpstreamStub {
  readonly origin: string;
  /** Number of reports requested so far. */
  reportCalls(): Promise<number>;
  close(): void;
}

const firstInstanceNo = 9_000_000;
/** The number of the job in a row of the list. */
export const instanceNoOf = (row: number): string => String(firstInstanceNo - row);
/** The path at which the stub responds with `bytes` bytes of JSON, for proxies. */
export const bufferPath = (bytes: number): string => `/buffer/${bytes}`;

const dayMs = 86_400_000;
const koreaMs = 9 * 3_600_000;
const vendorDate = (at: number): string =>
  new Date(at + koreaMs).toISOString().slice(0, 19).replace("T", " ").replaceAll("-", "/");

const states = {
  done: { status: "Complete", progress: 100, result_button: "report" },
  waiting: { status: "Pending", progress: 0, result_button: "cancel" },
  cancelled: { status: "Cancelled", progress: 0, result_button: "" },
} as const;

function wireJob(row: number, now: number, state: keyof typeof states): Record<string, unknown> {
  const startedAt = now - row * dayMs - 3_600_000;
  return {
    instanceNo: firstInstanceNo - row,
    start_date: vendorDate(startedAt),
    end_date: state === "done" ? vendorDate(startedAt + 1_800_000) : "",
    // Two jobs per target, so that they can be compared.
    start_url: `https://shop-${Math.floor(row / 2)}.example.com/`,
    crawl_cnt: row * 7,
    scan_cnt: row % 40,
    memo: `weekly scan of shop-${row}`,
    ...states[state],
  };
}

/** The payload of a report in the vendor's format. */
export function wireReport(findings: number): Record<string, unknown> {
  const evidence = "text of the page that shows what was found ".repeat(3);
  return {
    report_date: vendorDate(Date.now() - dayMs),
    Login_Info: "SID=bench-only-value",
    Details: {
      XSS: Array.from({ length: findings }, (_, index) => ({
        Risk: index % 3 === 0 ? "High" : "Medium",
        Url: `https://www.example.com/page/${index}?q=1`,
        Method: "GET",
        Parameter: "q",
        Evidence: `GET /page/${index}?q=1 HTTP/1.1\nhost: www.example.com\n\nHTTP/1.1 200 OK\n\n${evidence}`,
      })),
    },
  };
}

const envelope = (resources: unknown): Buffer =>
  Buffer.from(JSON.stringify({ returnCode: "0", returnMessage: "success", resources }));

/** The job list; waiting jobs can be cancelled. */
function createList(jobs: number, waiting: number) {
  const now = Date.now();
  const cancelled = new Set<number>();
  const stateOf = (row: number): keyof typeof states =>
    cancelled.has(row) ? "cancelled" : row < waiting ? "waiting" : "done";
  const write = (): Buffer =>
    envelope({
      total_cnt: jobs,
      record_data: Array.from({ length: jobs }, (_, row) => wireJob(row, now, stateOf(row))),
    });
  let bytes = write();
  return {
    bytes: () => bytes,
    cancel(row: number): void {
      cancelled.add(row);
      bytes = write();
    },
  };
}

function send(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length }).end(body);
}

async function serve({ jobs, findings, reportDelayMs = 0, waiting = 0 }: UpstreamOptions): Promise<void> {
  const list = createList(jobs, waiting);
  const report = envelope(wireReport(findings));
  const buffers = new Map<number, Buffer>();
  let reportCalls = 0;

  function bufferOf(bytes: number): Buffer {
    const buffer = buffers.get(bytes) ?? Buffer.alloc(bytes, "a");
    buffers.set(bytes, buffer);
    return buffer;
  }

  function answer({ url = "" }: IncomingMessage, response: ServerResponse): void {
    const [, bytes] = /^\/buffer\/([0-9]+)$/.exec(url) ?? [];
    const [, number, act] = /^\/api\/v1\/jobs\/([0-9]+)\/(report|cancel)$/.exec(url) ?? [];
    if (bytes !== undefined) send(response, bufferOf(Number(bytes)));
    else if (act === "report") {
      reportCalls += 1;
      setTimeout(send, reportDelayMs, response, report);
    } else if (act === "cancel") {
      list.cancel(firstInstanceNo - Number(number));
      send(response, envelope({}));
    } else send(response, list.bytes());
  }

  const server = createServer((request, response) => {
    request.resume();
    request.once("end", () => answer(request, response));
  });
  server.listen({ port: 0, host: "127.0.0.1", backlog: 1024 });
  await once(server, "listening");
  process.on("message", () => process.send?.(reportCalls));
  process.on("disconnect", () => process.exit(0));
  process.send?.((server.address() as AddressInfo).port);
}

export async function startUpstreamStub(options: UpstreamOptions): Promise<UpstreamStub> {
  const child: ChildProcess = fork(import.meta.filename, [JSON.stringify(options)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [port] = (await once(child, "message")) as [number];
  return {
    origin: `http://127.0.0.1:${port}`,
    async reportCalls() {
      child.send("calls");
      const [calls] = (await once(child, "message")) as [number];
      return calls;
    },
    close: () => child.disconnect(),
  };
}

const [options] = process.argv.slice(2);
if (import.meta.main && options !== undefined) await serve(JSON.parse(options) as UpstreamOptions);
