/**
 * What thousands of followers of `GET /api/events` cost one process: memory of each, CPU of one change, and the time from the first who
 * is told to the last, beside raw sockets that are written the same bytes in the same run: `node bench/followers.ts [followers]`.
 * Ends with 1 when a goal is missed.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { startStack } from "../apps/bff/test/start-bff.ts";
import { proxyHeaders, proxySettings } from "./dashboard-process.ts";
import { median } from "./statistics.ts";

const [wanted = "5000", role] = process.argv.slice(2);
const count = Number(wanted);
const rounds = 5;
/** Connections opened at a time. */
const batch = 50;
const perPerson = 20;
/** Kilobytes for each follower; times as long as raw sockets. */
const goals = { memory: 26, spread: 1.25 };

type Order = "usage" | "change";
interface Usage {
  /** Bytes. */
  readonly memory: number;
  /** Milliseconds of CPU so far. */
  readonly cpu: number;
}
interface Server {
  readonly port: number;
  change(): Promise<void>;
}

const event = Buffer.from(
  `id: 1\ndata: ${JSON.stringify({ id: "1", changes: [{ noun: "schedules", ids: ["a".repeat(36)] }] })}\n\n`,
);

async function serveRaw(): Promise<Server> {
  const followers = new Set<Socket>();
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", () => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nid: 0\ndata: {}\n\n");
      followers.add(socket);
    });
    socket.once("close", () => followers.delete(socket));
  });
  server.listen({ port: 0, host: "127.0.0.1", backlog: 8192 });
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async change() {
      for (const socket of followers) socket.write(event);
    },
  };
}

async function serveOwn(): Promise<Server> {
  const stack = await startStack({ environment: proxySettings });
  const headers = proxyHeaders({ name: "owner", group: "admins" });
  const body = {
    startUrl: "https://www.example.com/",
    consent: { textVersion: "1", accepted: true },
    rule: { every: "day", localTime: "03:00", zone: "Asia/Seoul" },
  };
  return {
    port: stack.port,
    async change() {
      const { status, text } = await stack.ask("POST", "/api/schedules", { headers, body });
      if (status !== 200) throw new Error(text);
    },
  };
}

async function runServer(create: () => Promise<Server>): Promise<void> {
  const server = await create();
  process.on("message", async (order: Order) => {
    if (order === "change") await server.change();
    else globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    process.send?.({ memory: process.memoryUsage.rss(), cpu: (user + system) / 1000 } satisfies Usage);
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.(server.port);
}

async function tell(child: ChildProcess, order: Order): Promise<Usage> {
  child.send(order);
  const [usage] = (await once(child, "message")) as [Usage];
  return usage;
}

/** Follows, and resolves when the first event has come. */
function follow(port: number, index: number, onEvent: () => void): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const headers = proxyHeaders({ name: `person-${Math.floor(index / perPerson)}`, group: "viewers" });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${lines.join("")}\r\n`);
  let isTold = false;
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("data", (bytes) => {
      for (let at = bytes.indexOf("data: "); at >= 0; at = bytes.indexOf("data: ", at + 1)) {
        if (isTold) onEvent();
        isTold = true;
        resolve(socket);
      }
      if (!isTold) reject(new Error(bytes.toString("latin1").slice(0, 400)));
    });
  });
}

interface Measured {
  /** Kilobytes for each. */
  readonly memory: number;
  /** Milliseconds. */
  readonly spread: number;
  readonly cpu: number;
}

async function measure(kind: "raw" | "own"): Promise<Measured> {
  const child = fork(import.meta.filename, [wanted, kind], { execArgv: ["--expose-gc"] });
  const sockets: Socket[] = [];
  let times: number[] = [];
  let allTold = (): void => {};
  const onEvent = (): void => {
    times.push(performance.now());
    if (times.length === count) allTold();
  };
  try {
    const [port] = (await once(child, "message")) as [number];
    const before = await tell(child, "usage");
    for (let index = 0; index < count; index += batch) {
      const some = Array.from({ length: Math.min(batch, count - index) }, (_, offset) => index + offset);
      sockets.push(...(await Promise.all(some.map((one) => follow(port, one, onEvent)))));
    }
    const after = await tell(child, "usage");
    const spreads: number[] = [];
    const costs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      times = [];
      const told = new Promise<void>((resolve) => {
        allTold = resolve;
      });
      const begun = await tell(child, "usage");
      await Promise.all([tell(child, "change"), told]);
      spreads.push((times.at(-1) ?? Number.NaN) - (times[0] ?? Number.NaN));
      costs.push((await tell(child, "usage")).cpu - begun.cpu);
    }
    return { memory: (after.memory - before.memory) / 1024 / count, spread: median(spreads), cpu: median(costs) };
  } finally {
    for (const socket of sockets) socket.destroy();
    child.disconnect();
  }
}

async function compare(): Promise<void> {
  const [raw, own] = [await measure("raw"), await measure("own")];
  const ratio = own.spread / raw.spread;
  process.stdout.write(
    `${count} followers, medians of ${rounds} changes: ${own.memory.toFixed(1)} kB each (goal ${goals.memory}), raw sockets ${raw.memory.toFixed(1)} kB; ` +
      `first to last ${own.spread.toFixed(0)} ms, raw ${raw.spread.toFixed(0)} ms, ratio ${ratio.toFixed(2)} (goal ${goals.spread}); ` +
      `CPU of a change ${own.cpu.toFixed(0)} ms, raw ${raw.cpu.toFixed(0)} ms\n`,
  );
  if (own.memory > goals.memory || ratio > goals.spread) process.exitCode = 1;
}

if (role === "raw") await runServer(serveRaw);
else if (role === "own") await runServer(serveOwn);
else await compare();
