import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import BetterSqlite from "better-sqlite3";
import { openAuditChain } from "../../src/audit/audit-chain.ts";
import { createKeyRing } from "../../src/database/keys.ts";
import { openSqliteDatabase } from "../../src/database/open-database.ts";
import { createChannelStore } from "../../src/deliveries/channel-store.ts";
import { startHttpReceiver } from "../notification-receivers.ts";
import { trialKey } from "./trial-key.ts";

const source = fileURLToPath(new URL("./notification-child.ts", import.meta.url));
const bffRoot = fileURLToPath(new URL("../..", import.meta.url));

/** Bundled once for all trials of this process: from its sources, each start would take three times as long. */
let program: Promise<string> | undefined;
async function buildChild(): Promise<string> {
  const { build } = await import("vite");
  // Below the packages, so that the native module is found.
  const cache = join(bffRoot, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, "notification-"));
  process.on("exit", () => rmSync(outDir, { recursive: true, force: true }));
  await build({
    ...{ root: bffRoot, configFile: false, logLevel: "error" },
    ssr: { noExternal: true, external: ["better-sqlite3", "pg-native"] },
    build: { ssr: source, outDir, target: "node22" },
  });
  return join(outDir, "notification-child.js");
}
const eventsEach = 40;
const kills = 3;

export interface NotificationTrial {
  /** Events that were committed before a kill. */
  readonly kept: number;
  readonly received: number;
  readonly lost: readonly string[];
  /** Messages whose notification had another id when it was repeated. */
  readonly renamed: readonly string[];
  readonly repeated: number;
}

async function createChannel(directory: string, receiver: string): Promise<void> {
  const database = await openSqliteDatabase(directory);
  const ring = createKeyRing([trialKey]);
  const audit = await openAuditChain(database.db, ring);
  const store = createChannelStore({ database, audit, ring, internalReceivers: ["127.0.0.1"] });
  const rule = {
    events: ["submission.failed" as const],
    targets: null,
    minimumSeverity: null,
    findingNames: false,
    tags: null,
    people: null,
  };
  const times = { digest: "at-once" as const, digestTime: "09:00", quietHours: null, zone: "UTC" };
  const request = { name: "trial", kind: "webhook" as const, receiver, language: "en" as const, ...rule, ...times };
  const user = { id: "dev:admin", name: "admin", roles: ["admin"] };
  await store.create(request, Date.now() - 1_000, { user, requestId: "trial" });
  await database.close();
}

async function startChild(directory: string, trial: string, count: number, onKept: (subject: string) => void) {
  program ??= buildChild();
  const child: ChildProcess = spawn(process.execPath, [await program, directory, trial, String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const started = Promise.withResolvers<void>();
  child.once("exit", (code) => started.reject(new Error(`the child ended with ${code}`)));
  if (child.stdout !== null) {
    createInterface(child.stdout).on("line", (line) => {
      if (line === "started") started.resolve();
      if (line.startsWith("kept ")) onKept(line.slice(5));
    });
  }
  await started.promise;
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** Resolves when no delivery is pending in the database. */
async function deliveredAll(directory: string): Promise<void> {
  const file = new BetterSqlite(join(directory, "wsc-dashboard.sqlite"), { readonly: true });
  const waiting = file.prepare(
    `select (select count(*) from queued_notification where delivery_id is null)
      + (select count(*) from delivery where settled_at is null) as count`,
  );
  while ((waiting.get() as { count: number }).count > 0) await sleep(20);
  file.close();
}

/** A sender that is killed repeatedly at random moments between events and their delivery. `random`: 0 to 1. */
export async function runNotificationTrial(random: () => number): Promise<NotificationTrial> {
  const directory = mkdtempSync(join(tmpdir(), "wsc-notify-"));
  const receiver = await startHttpReceiver();
  const kept = new Set<string>();
  // A slow receiver: many kills happen while it holds the message.
  receiver.answers("/", (response) => void setTimeout(() => response.writeHead(204).end(), random() * 8));
  try {
    await createChannel(directory, `${receiver.origin}/`);
    for (let round = 0; round < kills; round += 1) {
      const enough = Promise.withResolvers<void>();
      let left = 1 + Math.floor(random() * eventsEach);
      const child = await startChild(directory, String(round), eventsEach, (subject) => {
        kept.add(subject);
        left -= 1;
        if (left === 0) enough.resolve();
      });
      await enough.promise;
      await sleep(random() * 20);
      await kill(child);
    }
    const last = await startChild(directory, "last", 0, () => {});
    const idsOf = (): Map<string, Set<string>> => {
      const ids = new Map<string, Set<string>>();
      for (const { body, headers } of receiver.received) {
        const subject = String(JSON.parse(body).data.submissionId);
        ids.set(subject, (ids.get(subject) ?? new Set()).add(headers["webhook-id"] ?? ""));
      }
      return ids;
    };
    await deliveredAll(directory);
    await kill(last);
    const ids = idsOf();
    return {
      kept: kept.size,
      received: receiver.received.length,
      lost: [...kept].filter((subject) => !ids.has(subject)),
      renamed: [...ids].flatMap(([subject, own]) => (own.size === 1 ? [] : [subject])),
      repeated: receiver.received.length - ids.size,
    };
  } finally {
    await receiver.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
