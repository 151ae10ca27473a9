/**
 * bull-board, a public dashboard of job queues, served by its own Express with a queue in memory: first-load.ts measures it
 * beside the product.
 */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, constants } from "node:zlib";
import { installTools } from "./npm-tools.ts";

const version = "9.10.1";
const jobCount = 100;
const statuses = ["active", "waiting", "waiting-children", "prioritized", "completed", "failed", "delayed", "paused"];

/** The parts of bull-board's classes that are needed here. */
interface BullBoard {
  readonly api: { readonly createBullBoard: (parts: { queues: unknown[]; serverAdapter: unknown }) => void };
  readonly base: { readonly BaseAdapter: new (type: string) => object };
  readonly express: { readonly ExpressAdapter: new () => ExpressAdapter };
}
interface ExpressAdapter {
  setBasePath(path: string): void;
  getRouter(): RequestListener;
}

const finishedAt = Date.now() - 3_600_000;
const finishedJobs = Array.from({ length: jobCount }, (_, index) => {
  const job = {
    id: String(index + 1),
    name: `scan-${index}`,
    data: { url: `https://shop-${index}.example.com/`, depth: 5 },
    opts: { attempts: 1, delay: 0 },
    progress: 100,
    attemptsMade: 1,
    delay: 0,
    timestamp: finishedAt - 60_000,
    processedOn: finishedAt - 50_000,
    finishedOn: finishedAt - index * 1000,
    returnvalue: { high: index % 5 },
    stacktrace: [],
  };
  return { ...job, toJSON: () => job };
});

/** A queue with finished jobs that receives no new ones. */
function createQueue(BaseAdapter: BullBoard["base"]["BaseAdapter"]): object {
  class MemoryQueue extends BaseAdapter {
    getName = (): string => "scans";
    getStatuses = (): string[] => ["latest", ...statuses];
    getJobStatuses = (): string[] => statuses;
    getRedisInfo = async (): Promise<null> => null;
    isPaused = async (): Promise<boolean> => false;
    getGlobalConcurrency = async (): Promise<null> => null;
    getJobSchedulers = async (): Promise<object[]> => [];
    getJobSchedulersCount = async (): Promise<number> => 0;
    getJobCounts = async (): Promise<Record<string, number>> =>
      Object.fromEntries(statuses.map((status) => [status, status === "completed" ? jobCount : 0]));
    getJobs = async (wanted: readonly string[], start = 0, end = jobCount): Promise<object[]> =>
      wanted.includes("completed") ? finishedJobs.slice(start, end + 1) : [];
  }
  return new MemoryQueue("bullmq");
}

/** Text is sent as brotli at the highest level, compressed once per file, like the product's own files. */
function compressing(inner: string): RequestListener {
  const known = new Map<string, Buffer>();
  return async (request, response) => {
    const path = request.url ?? "/";
    const answer = await fetch(`${inner}${path}`, { redirect: "manual" });
    const type = answer.headers.get("content-type") ?? "";
    const body = Buffer.from(await answer.arrayBuffer());
    const isFile = /\.(?:js|css)$/.test(path);
    const quality = isFile ? constants.BROTLI_MAX_QUALITY : 5;
    const compress = (): Buffer => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
    const isText = /text|javascript|json|svg/.test(type);
    const sent = isText ? ((isFile ? known.get(path) : undefined) ?? compress()) : body;
    if (isFile) known.set(path, sent);
    response.writeHead(answer.status, {
      "Content-Type": type,
      "Content-Length": sent.length,
      "Cache-Control": isFile ? "public, max-age=31536000, immutable" : "no-cache",
      ...(isText ? { "Content-Encoding": "br" } : {}),
    });
    response.end(sent);
  };
}

function listen(listener: RequestListener): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer(listener).listen(0, "127.0.0.1", () => resolve(server));
  });
}
const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

export interface Peer {
  readonly name: string;
  /** URL of the page with the job list. */
  readonly listUrl: string;
  close(): void;
}

/** Rejects when it cannot be installed. */
export async function startBullBoard(): Promise<Peer> {
  const load = await installTools([`@bull-board/api@${version}`, `@bull-board/express@${version}`]);
  const [api, base, express] = (await Promise.all([
    load("@bull-board/api"),
    load("@bull-board/api/dist/queueAdapters/base.js"),
    load("@bull-board/express"),
  ])) as [BullBoard["api"], BullBoard["base"], BullBoard["express"]];
  const serverAdapter = new express.ExpressAdapter();
  serverAdapter.setBasePath("");
  api.createBullBoard({ queues: [createQueue(base.BaseAdapter)], serverAdapter });
  const own = await listen(serverAdapter.getRouter());
  const front = await listen(compressing(originOf(own)));
  return {
    name: `bull-board ${version}`,
    listUrl: `${originOf(front)}/queue/scans?status=completed`,
    close: () => {
      for (const server of [front, own]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
