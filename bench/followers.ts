/**
 * The cost of thousands of followers of `GET /api/events` in one process: memory of each, CPU of one change, and the time from
 * the first notified follower to the last, compared with raw sockets that receive the same bytes in the same run:
 * `node bench/followers.ts [followers]`. Exits with 1 when a goal is missed.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { startStack } from "../apps/bff/test/start-bff.ts";
import { type Person, proxyHeaders, proxySettings } from "./dashboard-process.ts";
import { followEvents } from "./follow-events.ts";
import { tellLoad, tellRow } from "./goals.ts";
import { median } from "./statistics.ts";

const [wanted = "5000", role] = process.argv.slice(2);
const count = Number(wanted);
const rounds = 5;
/** Connections opened at a time. */
const batch = 50;
const perPerson = 20;
/** Followers that come and go before the measurement, and the time for their connections to end, in milliseconds. */
const warmUp = 1_000;
const closedMs = 1_000;
/** Kilobytes per follower; multiple of the time that raw sockets take. */
const goals = { memory: 26, spread: 1.25 };

const personOf = (index: number): Person => ({ name: `person-${Math.floor(index / perPerson)}`, group: "viewers" });

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
    // Also gives back what the many requests needed for a moment.
    else await globalThis.gc?.({ execution: "async", flavor: "last-resort", type: "major" });
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

interface Measured {
  /** Kilobytes per follower. */
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
    const open = async (from: number, to: number): Promise<void> => {
      for (let index = from; index < to; index += batch) {
        const some = Array.from({ length: Math.min(batch, to - index) }, (_, offset) => index + offset);
        sockets.push(...(await Promise.all(some.map((one) => followEvents(port, personOf(one), onEvent)))));
      }
    };
    // A server that has been in use: its reserves are no followers' memory.
    await open(0, Math.min(count, warmUp));
    for (const socket of sockets.splice(0)) socket.destroy();
    await wait(closedMs);
    const before = await tell(child, "usage");
    await open(0, count);
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
  process.stdout.write(
    `${count} followers, medians of ${rounds} changes: ${own.memory.toFixed(1)} kB each, raw sockets ${raw.memory.toFixed(1)} kB; ` +
      `first to last ${own.spread.toFixed(0)} ms, raw ${raw.spread.toFixed(0)} ms; ` +
      `CPU of a change ${own.cpu.toFixed(0)} ms, raw ${raw.cpu.toFixed(0)} ms\n`,
  );
  const goal = goals.spread;
  tellRow({
    what: `${count} followers, first to last beside raw sockets`,
    seen: own.spread / raw.spread,
    goal,
    unit: "×",
  });
  tellRow({ what: `${count} followers, memory of each`, seen: own.memory, goal: goals.memory, unit: "kB" });
  tellLoad();
}

if (role === "raw") await runServer(serveRaw);
else if (role === "own") await runServer(serveOwn);
else await compare();
