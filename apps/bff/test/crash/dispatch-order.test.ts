import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Submission, stripMemoToken } from "@wsc-dashboard/wsc-core";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import BetterSqlite from "better-sqlite3";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/database/open-database.ts";
import { until } from "../start-bff.ts";
import { accessKey, type BuiltBff, buildBff, type ChildBff, secretKey, startChild } from "./child-bff.ts";
import { idleScanner, openTargets, type Targets } from "./gateway-truth.ts";
import { startHoldingProxy } from "./holding-proxy.ts";
import { readTrace, straceState } from "./system-calls.ts";

const dispatches = 50;
const reads = 10;

let built: BuiltBff;
let targets: Targets;
let emulator: Emulator;
let directory: string;
beforeAll(async () => {
  built = await buildBff();
  targets = await openTargets(dispatches);
  emulator = await createEmulator({ accessKey, secretKey, scanner: idleScanner, paceMs: 0, queueLimit: 1000 });
  directory = mkdtempSync(join(tmpdir(), "wsc-order-"));
});
afterAll(async () => {
  await emulator.close();
  await targets.close();
  built.remove();
  rmSync(directory, { recursive: true, force: true });
});

const settings = { WSC_CREATE_SPACING_MS: "0", WSC_DISPATCH_TICK_MS: "20" };

async function bindAll(child: ChildBff, name: string, count: number): Promise<Submission[]> {
  for (const [index, startUrl] of targets.urls.slice(0, count).entries()) {
    const request = { startUrl, memo: `${name} ${index}`, consent: { textVersion: "1", accepted: true } };
    const answer = await child.ask("POST", "/api/jobs", request, `order-of-dispatch-${name}-${index}`);
    expect(answer.status).toBe(202);
  }
  return until(
    async () => (await child.ask("GET", "/api/submissions")).json.submissions as Submission[],
    (submissions) => submissions.every(({ state }) => state === "BOUND"),
  );
}

/** Matches the start of a memo in a request body as a trace shows it: the token, then the person's text. */
const sendsMemo = (memo: string): RegExp => new RegExp(String.raw`\\"Memo\\":\\"wsc[a-z2-7]{16} ${memo}\\"`);

/** For every submission: whether a sync of the WAL lies between its DISPATCHING record and the first byte of its call. */
function ordersIn(trace: string, submissions: readonly Submission[]): Map<string, string> {
  const calls = readTrace(trace);
  const isSync = (name: string): boolean => name === "fsync" || name === "fdatasync";
  return new Map(
    submissions.map(({ id, memo }) => {
      // Text columns are adjacent in a record: id, token, state.
      const record = new RegExp(`${id}wsc[a-z2-7]{16}DISPATCHING`);
      const written = calls.find(({ call }) => call.name === "pwrite64" && record.test(call.args));
      const sent = calls.find(({ call }) => /"PUT \/api\/v1\/job/.test(call.args) && sendsMemo(memo).test(call.args));
      if (written === undefined) return [memo, "no DISPATCHING record"] as const;
      if (sent === undefined) return [memo, "no call"] as const;
      const synced = calls.find(
        ({ begun, call }) =>
          begun > written.ended && isSync(call.name) && /\.sqlite-wal>/.test(call.args) && call.result === 0,
      );
      return [
        memo,
        synced !== undefined && synced.ended < sent.begun ? "record, sync, call" : "no sync before the call",
      ];
    }),
  );
}

describe("the record of a paid call", () => {
  it(`is on the disk before the first byte leaves, ${dispatches} of ${dispatches} times`, async (context) => {
    const strace = straceState();
    if (!strace.usable) {
      // The test below covers it instead: the record is committed when the first byte arrives, and commits are synced.
      const told = `${strace.why}: that a sync lies between record and call was not watched here`;
      process.stderr.write(`${told}\n`);
      await context.annotate(told, "warning");
      const database = await openDatabase({ databaseUrl: null, dataDirectory: join(directory, "pragma") });
      const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(database.db);
      await database.close();
      expect(rows).toEqual([{ synchronous: 2 }]);
      return;
    }
    const trace = join(directory, "trace");
    const calls = "trace=pwrite64,write,writev,sendto,sendmsg,fsync,fdatasync,connect";
    const child = startChild({
      program: built.program,
      dataDirectory: join(directory, "traced"),
      upstreamUrl: emulator.origin,
      environment: settings,
      tracer: ["strace", "-D", "-f", "--seccomp-bpf", "-yy", "-s", "6000", "-o", trace, "-e", calls],
    });
    try {
      await child.listening;
      const submissions = await bindAll(child, "traced", dispatches);
      await child.kill();
      const text = await until(
        () => readFileSync(trace, "utf8"),
        (written) => /\+\+\+ killed by SIGKILL \+\+\+\s*$/.test(written),
      );
      const orders = ordersIn(text, submissions);
      expect(orders.size).toBe(dispatches);
      expect([...orders].filter(([, order]) => order !== "record, sync, call")).toEqual([]);
    } finally {
      await child.kill();
    }
  });

  it("can be read by another process when the first byte arrives", async () => {
    const dataDirectory = join(directory, "read");
    let reader: BetterSqlite.Database | undefined;
    const found: unknown[] = [];
    const proxy = await startHoldingProxy(emulator.port, ({ memo, signedAt }) => {
      reader ??= new BetterSqlite(join(dataDirectory, "wsc-dashboard.sqlite"), { readonly: true });
      const row = reader
        .prepare(
          `select s.state, a.signed_at, a.code, (select count(*) from audit where entry like '%"job.create"%'
             and entry like '%' || s.id || '%' and entry like '%"intent"%') as intents
           from submission s join attempt a on a.submission_id = s.id where ? like s.token || ' %'`,
        )
        .get(memo) as Record<string, unknown>;
      found.push({ ...row, isSignedThen: row.signed_at === signedAt });
      return 0;
    });
    const child = startChild({
      program: built.program,
      dataDirectory,
      upstreamUrl: proxy.origin,
      environment: settings,
    });
    try {
      await child.listening;
      await bindAll(child, "read", reads);
      expect(proxy.seen).toHaveLength(reads);
      expect(new Set(proxy.seen.map(({ memo }) => stripMemoToken(memo))).size).toBe(reads);
      for (const record of found)
        expect(record).toMatchObject({ state: "DISPATCHING", code: null, intents: 1, isSignedThen: true });
    } finally {
      reader?.close();
      await child.kill();
      await proxy.close();
    }
  });
});

describe("reading a trace", () => {
  const id = "11111111-2222-3333-4444-555555555555";
  const submission = { id, memo: "m" } as Submission;
  const record = `7 pwrite64(25</d/wsc-dashboard.sqlite-wal>, "${id}wscaaaaaaaaaaaaaaaaDISPATCHING", 4096, 8) = 4096`;
  const sync = "7 fsync(25</d/wsc-dashboard.sqlite-wal>) = 0";
  const call = String.raw`7 writev(31<TCP:[127.0.0.1:1->127.0.0.1:2]>, [{iov_base="PUT /api/v1/job HTTP/1.1"}, {iov_base="{\"Memo\":\"wscaaaaaaaaaaaaaaaa m\"}"}], 2) = 9`;
  const orderOf = (...lines: string[]): string | undefined => ordersIn(lines.join("\n"), [submission]).get("m");

  it.each<[string, string[], string]>([
    ["in order", [record, sync, call], "record, sync, call"],
    ["without a sync", [record, call], "no sync before the call"],
    ["with the sync too late", [record, call, sync], "no sync before the call"],
    ["with the sync too early", [sync, record, call], "no sync before the call"],
    ["with a sync that failed", [record, sync.replace("= 0", "= -1 EIO"), call], "no sync before the call"],
    ["with a sync of another file", [record, sync.replace("-wal", "-shm"), call], "no sync before the call"],
    [
      "with a sync that is not over",
      [
        record,
        "7 fsync(25</d/wsc-dashboard.sqlite-wal> <unfinished ...>",
        call.replace("7 ", "8 "),
        "7 <... fsync resumed>) = 0",
      ],
      "no sync before the call",
    ],
    [
      "with another thread between the halves of a sync",
      [
        record,
        "7 fsync(25</d/wsc-dashboard.sqlite-wal> <unfinished ...>",
        '8 write(1, "x", 1) = 1',
        "7 <... fsync resumed>) = 0",
        call,
      ],
      "record, sync, call",
    ],
    ["without a record", [sync, call], "no DISPATCHING record"],
    ["without a call", [record, sync], "no call"],
  ])("%s", (_, lines, order) => {
    expect(orderOf(...lines)).toBe(order);
  });
});
