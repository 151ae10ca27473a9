/** One server of the API benchmark, in a process of its own: `node bench/api-subject.ts NAME`. Told by messages what to do. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { startConstantServer } from "../apps/bff/test/constant-server.ts";
import { startStack } from "../apps/bff/test/start-bff.ts";
import { proxySettings } from "./dashboard-process.ts";

export interface SubjectStart {
  readonly origin: string;
  readonly upstream: string;
  readonly reportId: string;
}

const findings = 5_000;

async function startDashboard(): Promise<SubjectStart> {
  const stack = await startStack({
    seed: true,
    environment: { ...proxySettings, WSC_LIST_POLL_MS: "600000", WSC_LOG_LEVEL: "info", WSC_DISPATCH_TICK_MS: "1000" },
  });
  // A server writes its lines and forgets them.
  setInterval(() => stack.logs.splice(0), 50).unref();
  const reportId = stack.emulator.control.addReport({ findings });
  return { origin: stack.origin, upstream: stack.emulator.origin, reportId };
}

async function listen(handler: RequestListener): Promise<SubjectStart> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, upstream: "", reportId: "" };
}

const body = Buffer.alloc(Number(process.argv[3] ?? 1), "a");
const subjects: Readonly<Record<string, () => Promise<SubjectStart>>> = {
  dashboard: startDashboard,
  "ready-buffer": () =>
    listen((_request, response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length }).end(body);
    }),
  floor: async () => ({ origin: await startConstantServer(body), upstream: "", reportId: "" }),
};
const start = subjects[process.argv[2] ?? ""];
if (start === undefined) throw new Error(`one of ${Object.keys(subjects).join(", ")}`);
const started = await start();
process.on("message", () => process.send?.(process.cpuUsage()));
process.on("disconnect", () => process.exit(0));
process.send?.(started);
