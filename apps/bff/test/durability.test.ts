import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accessKey, type Bff, jobBody, newDataDirectory, secretKey, startBff, until } from "./start-bff.ts";

const firstKey = Buffer.alloc(32, 1).toString("base64");
const secondKey = Buffer.alloc(32, 2).toString("base64");

let emulator: Emulator;
let directory: string;
let running: Bff[];
beforeEach(async () => {
  emulator = await createEmulator({
    accessKey,
    secretKey,
    paceMs: 3_600_000,
    allowedHosts: ["127.0.0.1", "localhost"],
  });
  directory = await newDataDirectory();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((bff) => bff.close()));
  await emulator.close();
  rmSync(directory, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}): Promise<Bff> {
  const bff = await startBff({
    upstreamUrl: emulator.origin,
    environment: {
      WSC_DATA_DIR: directory,
      WSC_ENCRYPTION_KEYS: firstKey,
      WSC_SIGNATURE_VALIDITY_MS: "100",
      WSC_INDEX_LAG_MS: "50",
      ...environment,
    },
  });
  running.push(bff);
  return bff;
}
async function stop(bff: Bff): Promise<void> {
  running = running.filter((other) => other !== bff);
  await bff.close();
}
const creates = () => emulator.control.requests().filter(({ operation }) => operation === "createJob");
const stateOf = async (bff: Bff, id: string) => (await bff.ask("GET", `/api/submissions/${id}`)).json.submission;
const become = (bff: Bff, id: string, state: string) =>
  until(
    () => stateOf(bff, id),
    (submission) => submission.state === state,
  );
const headers = { kind: "headers", headers: { Cookie: "SID=durable-canary-55" } };

/** The target is the gateway itself: it responds on this machine whatever is restarted. */
async function submit(bff: Bff, change: Record<string, unknown> = {}, key?: string): Promise<string> {
  const answer = await bff.ask("POST", "/api/jobs", {
    body: jobBody(`${emulator.origin}/`, change),
    ...(key ? { headers: { "Idempotency-Key": key } } : {}),
  });
  expect(answer.status).toBe(202);
  return answer.json.submission.id;
}
const filesHold = (text: string): string[] =>
  readdirSync(directory).filter((name) => readFileSync(join(directory, name)).includes(text));

describe("after a restart", () => {
  it("a reservation whose target is no longer allowed fails when it is due, without a call", async () => {
    const first = await start();
    const localTime = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
    const id = await submit(first, { signIn: headers, when: { kind: "at", localTime, zone: "UTC" } });
    await stop(first);
    const second = await start({ WSC_TARGET_ALLOWLIST: "*.example.com" });
    const now = Date.now();
    await second.database.db
      .updateTable("submission")
      .set({ due_at: now, next_at: now })
      .where("id", "=", id)
      .execute();
    expect((await become(second, id, "FAILED")).reason).toMatchObject({
      code: "TARGET_NOT_ALLOWED",
      pointer: "/startUrl",
    });
    expect(await second.database.db.selectFrom("sign_in").selectAll().execute()).toEqual([]);
    expect(await second.database.db.selectFrom("booking").selectAll().execute()).toEqual([]);
    expect(creates()).toEqual([]);
  });

  it.each([
    ["actionUrl", (form: object, other: string) => ({ ...form, actionUrl: other, pageUrl: emulator.origin })],
    ["pageUrl", (form: object, other: string) => ({ ...form, pageUrl: other, actionUrl: emulator.origin })],
  ] as const)("a reservation whose sign-in has a %s that is no longer allowed goes nowhere", async (field, change) => {
    const first = await start({ WSC_ALLOW_PRIVATE_TARGETS: "true" });
    const form = {
      kind: "form",
      idParam: "id",
      idValue: "me",
      passwordParam: "pw",
      passwordValue: "durable-canary-56",
    };
    const localTime = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
    const signIn = change(form, emulator.origin.replace("127.0.0.1", "localhost"));
    const id = await submit(first, { signIn, when: { kind: "at", localTime, zone: "UTC" } });
    await stop(first);
    const before = emulator.control.requests().length;
    const second = await start({
      WSC_ALLOW_PRIVATE_TARGETS: "true",
      WSC_TARGET_ALLOWLIST: "127.0.0.1,127.0.0.1:*",
      WSC_LIST_POLL_MS: "60000",
    });
    const now = Date.now();
    await second.database.db
      .updateTable("submission")
      .set({ due_at: now, next_at: now })
      .where("id", "=", id)
      .execute();
    expect((await become(second, id, "FAILED")).reason).toMatchObject({
      code: "TARGET_NOT_ALLOWED",
      pointer: `/signIn/${field}`,
    });
    const later = emulator.control.requests().slice(before);
    expect(later.filter(({ operation }) => operation === null || operation === "createJob")).toEqual([]);
    expect(filesHold("durable-canary-56")).toEqual([]);
  });

  it("a waiting submission is still there, with its target credentials, and is sent once", async () => {
    const first = await start();
    emulator.control.addFault({
      operation: "createJob",
      times: 1,
      effect: { kind: "gateway-error", code: "410", retryAfter: 1 },
    });
    const id = await submit(first, { memo: "재시작", signIn: headers });
    await become(first, id, "RETRY_WAIT");
    await stop(first);
    emulator.control.clearRequests();
    const second = await start();
    expect(await become(second, id, "BOUND")).toMatchObject({
      memo: "재시작",
      attempts: [{ code: "410" }, { code: "0" }],
    });
    expect(creates()).toHaveLength(1);
    expect(creates()[0]?.body).toMatchObject({ Headers: { Cookie: "[masked]" } });
  });

  it("the same Idempotency-Key still returns the same submission", async () => {
    const key = "restart-key-0123456789";
    const first = await start();
    const target = { startUrl: "http://127.0.0.1:9/" };
    emulator.control.addFault({ operation: "createJob", times: 1, effect: { kind: "service-error", code: "160451" } });
    const id = await submit(first, target, key);
    await become(first, id, "FAILED");
    await stop(first);
    const second = await start();
    const replay = await second.ask("POST", "/api/jobs", {
      body: jobBody(target.startUrl, target),
      headers: { "Idempotency-Key": key },
    });
    expect(replay).toMatchObject({ status: 202, json: { submission: { id } } });
    expect(replay.headers["idempotency-replayed"]).toBe("true");
    expect(creates()).toHaveLength(1);
  });

  it("with other encryption keys nothing is sent without its target credentials; it needs review", async () => {
    const first = await start();
    emulator.control.addFault({
      operation: "createJob",
      times: 1,
      effect: { kind: "gateway-error", code: "410", retryAfter: 1 },
    });
    const id = await submit(first, { signIn: headers });
    await become(first, id, "RETRY_WAIT");
    await stop(first);
    emulator.control.clearRequests();
    const second = await start({ WSC_ENCRYPTION_KEYS: secondKey });
    expect(await become(second, id, "NEEDS_REVIEW")).toMatchObject({ reason: { code: "SIGN_IN_UNREADABLE" } });
    expect(creates()).toEqual([]);
  });

  it("an older key of the ring still decrypts", async () => {
    const first = await start();
    emulator.control.addFault({
      operation: "createJob",
      times: 1,
      effect: { kind: "gateway-error", code: "410", retryAfter: 1 },
    });
    const id = await submit(first, { signIn: headers });
    await become(first, id, "RETRY_WAIT");
    await stop(first);
    const second = await start({ WSC_ENCRYPTION_KEYS: `${secondKey},${firstKey}` });
    expect(await become(second, id, "BOUND")).toMatchObject({ state: "BOUND" });
  });
});

describe("a restored backup", () => {
  const inADay = () => ({
    kind: "at",
    localTime: new Date(Date.now() + 86_400_000).toISOString().slice(0, 16),
    zone: "UTC",
  });
  /** Its next regular run is half a day away. */
  const daily = {
    every: "day",
    localTime: new Date(Date.now() + 43_200_000).toISOString().slice(11, 16),
    zone: "UTC",
  };
  const quick = { WSC_RECONCILE_STEP_MS: "50", WSC_DISPATCH_TICK_MS: "20" };

  /** Makes waiting rows due now, or `before` milliseconds ago. Only while no server runs. */
  function makeDue(before = 0): void {
    const dueAt = Date.now() - before;
    const file = new BetterSqlite(join(directory, "wsc-dashboard.sqlite"));
    file.prepare("update submission set due_at = ?, next_at = ? where next_at is not null").run(dueAt, dueAt);
    file.prepare("update schedule set next_at = ?").run(dueAt);
    file.close();
  }

  interface PutBack {
    readonly before?: number;
    /** What a person does in the second run of the server, and again in the third. */
    readonly send?: (bff: Bff) => Promise<unknown>;
  }

  /** Simulates a restored backup: one server stores something, a second one sends it, then the first one's files are restored. */
  async function putBack(keep: (bff: Bff) => Promise<unknown>, { before = 0, send }: PutBack = {}) {
    const environment = { WSC_MISFIRE_GRACE_MS: "10000000", ...quick };
    const first = await start(environment);
    await keep(first);
    await stop(first);
    makeDue(before);
    const backup = mkdtempSync(join(tmpdir(), "wsc-backup-"));
    cpSync(directory, backup, { recursive: true });
    const second = await start(environment);
    await send?.(second);
    const sent = await onlySubmission(second, "BOUND");
    await stop(second);
    rmSync(directory, { recursive: true });
    cpSync(backup, directory, { recursive: true });
    rmSync(backup, { recursive: true });
    return sent;
  }
  const submissionsOf = async (bff: Bff) => (await bff.ask("GET", "/api/submissions")).json.submissions;
  async function onlySubmission(bff: Bff, state: string) {
    const [submission, ...others] = await until(
      () => submissionsOf(bff),
      (list) => list[0]?.state === state,
    );
    expect(others).toEqual([]);
    return submission;
  }

  it.each([
    ["a reservation", (bff: Bff) => submit(bff, { signIn: headers, when: inADay() }), {}],
    [
      "a run of a schedule",
      (bff: Bff) => bff.ask("POST", "/api/schedules", { body: jobBody(`${emulator.origin}/`, { rule: daily }) }),
      {},
    ],
    [
      "a run of a schedule that is missed by now",
      (bff: Bff) => bff.ask("POST", "/api/schedules", { body: jobBody(`${emulator.origin}/`, { rule: daily }) }),
      { before: 7_200_000 },
    ],
    [
      "a refusal that was to be sent again",
      async (bff: Bff) => {
        emulator.control.addFault({ operation: "createJob", times: 1, effect: { kind: "gateway-error", code: "410" } });
        await become(bff, await submit(bff), "RETRY_WAIT");
        emulator.control.clearRequests();
      },
      {},
    ],
    [
      "what waited for a person",
      async (bff: Bff) => {
        emulator.control.addFault({ operation: "createJob", times: 9, effect: { kind: "garbage" } });
        await become(bff, await submit(bff), "NEEDS_REVIEW");
        emulator.control.clearFaults();
        emulator.control.clearRequests();
      },
      {
        send: async (bff: Bff) => {
          const { id } = await onlySubmission(bff, "NEEDS_REVIEW");
          await bff.ask("POST", `/api/submissions/${id}/resolve`, { body: { choice: "resend" } });
        },
      },
    ],
  ] as const)("does not send %s a second time, but finds its job", async (_, keep, how: PutBack) => {
    const sent = await putBack(keep, how);
    const third = await start(quick);
    await how.send?.(third);
    expect((await onlySubmission(third, "BOUND")).instanceNo).toBe(sent.instanceNo);
    expect(creates()).toHaveLength(1);
    expect(await third.database.db.selectFrom("booking").select("submission_id").execute()).toHaveLength(1);
    expect(await third.database.db.selectFrom("sign_in").selectAll().execute()).toEqual([]);
  });

  it("sends nothing that it contains before the list of jobs was searched, and then finds the job", async () => {
    const sent = await putBack((bff) => submit(bff, { when: inADay() }));
    // First neither time nor list; then the gateway's own response, which has the time but no list.
    emulator.control.addFault({ operation: "getJobs", times: 3, effect: { kind: "empty", status: 200 } });
    const noList = { kind: "body", status: 200, body: { total_cnt: 1 } } as const;
    emulator.control.addFault({ operation: "getJobs", times: 3, effect: noList });
    const third = await start(quick);
    expect((await onlySubmission(third, "BOUND")).instanceNo).toBe(sent.instanceNo);
    expect(third.logs.filter((line) => line.includes("waits until the list answers")).length).toBeGreaterThan(0);
    expect(creates()).toHaveLength(1);
  });

  it("accepts a list without the job as proof only from absenceProofStartsAt of a call signed at the start; new requests are sent at once", async () => {
    const sent = await putBack((bff) => submit(bff, { when: inADay() }));
    const body = { result: "success", record_data: [], total_cnt: 0 };
    emulator.control.addFault({ operation: "getJobs", times: 1_000_000, effect: { kind: "body", status: 200, body } });
    const third = await start({ ...quick, WSC_SIGNATURE_VALIDITY_MS: "600000" });
    // Refused first, it takes a second: twenty times as long as two searches.
    emulator.control.addFault({ operation: "createJob", times: 1, effect: { kind: "gateway-error", code: "410" } });
    const now = await submit(third, { startUrl: `${emulator.origin.replace("127.0.0.1", "localhost")}/` });
    await become(third, now, "BOUND");
    expect((await stateOf(third, sent.id)).state).toBe("SCHEDULED");
    expect(creates()).toHaveLength(3);
  });

  it("leaves two jobs of one submission for review", async () => {
    const sent = await putBack((bff) => submit(bff, { when: inADay() }));
    const [{ token } = { token: "" }] = new BetterSqlite(join(directory, "wsc-dashboard.sqlite"))
      .prepare<[], { token: string }>("select token from submission")
      .all();
    emulator.control.addJobs([{ startUrl: `${emulator.origin}/`, status: 4, memo: token }]);
    const third = await start(quick);
    const doubled = await become(third, sent.id, "NEEDS_REVIEW");
    expect(doubled.reason).toMatchObject({ code: "SUBMISSION_DOUBLED" });
    expect(creates()).toHaveLength(1);
  });

  it("sends once what was not sent after the backup, when absence can be proven", async () => {
    const first = await start();
    const id = await submit(first, { when: inADay() });
    await stop(first);
    makeDue();
    const at = Date.now();
    const second = await start({
      WSC_SIGNATURE_VALIDITY_MS: "500",
      WSC_INDEX_LAG_MS: "300",
      WSC_RECONCILE_STEP_MS: "100",
    });
    await become(second, id, "BOUND");
    expect(creates()).toHaveLength(1);
    expect(Date.parse(creates()[0]?.receivedAt ?? "")).toBeGreaterThanOrEqual(at + 900);
  });

  it("sends a future reservation at its time", async () => {
    const first = await start();
    const id = await submit(first, { when: inADay() });
    await stop(first);
    emulator.control.addFault({
      operation: "getJobs",
      times: 1_000_000,
      effect: { kind: "gateway-error", code: "410" },
    });
    const second = await start({ WSC_SIGNATURE_VALIDITY_MS: "600000" });
    const now = Date.now();
    await second.database.db
      .updateTable("submission")
      .set({ due_at: now, next_at: now })
      .where("id", "=", id)
      .execute();
    await become(second, id, "BOUND");
    expect(creates()).toHaveLength(1);
  });
});

describe("sign-in data", () => {
  it("is encrypted while the submission waits, and erased from every file in its final state, also in encrypted form", async () => {
    const bff = await start();
    emulator.control.addFault({
      operation: "createJob",
      times: 1,
      effect: { kind: "gateway-error", code: "410", retryAfter: 1 },
    });
    const id = await submit(bff, { signIn: headers });
    await become(bff, id, "RETRY_WAIT");
    expect(filesHold("durable-canary-55")).toEqual([]);
    const { default: BetterSqlite } = await import("better-sqlite3");
    const reader = new BetterSqlite(join(directory, "wsc-dashboard.sqlite"), { readonly: true });
    const { sealed } = reader.prepare("select sealed from sign_in").get() as { sealed: string };
    reader.close();
    expect(filesHold(sealed).length).toBeGreaterThan(0);
    await become(bff, id, "BOUND");
    await until(
      () => filesHold(sealed),
      (files) => files.length === 0,
    );
    const [, , wrapped = "", value = ""] = sealed.split(".");
    for (const part of [wrapped, value, value.slice(0, 40)]) expect(filesHold(part)).toEqual([]);
  });
});

describe("a store", () => {
  it("is used by one process at a time", async () => {
    await start();
    await expect(start()).rejects.toThrow(/another process uses the data directory/);
  });

  it("can be used again when its process has ended", async () => {
    await stop(await start());
    await expect(start()).resolves.toBeDefined();
  });
});

describe("the decision of a person", () => {
  async function inReview(bff: Bff): Promise<string> {
    emulator.control.addFault({ operation: "createJob", times: 3, effect: { kind: "reset", when: "before" } });
    const id = await submit(bff);
    await become(bff, id, "NEEDS_REVIEW");
    return id;
  }
  const resolve = (bff: Bff, id: string, body: unknown, persona = "admin") =>
    bff.ask("POST", `/api/submissions/${id}/resolve`, { body, persona });

  it("exists: the submission is bound to the given job", async () => {
    const bff = await start();
    const id = await inReview(bff);
    const [instanceNo] = emulator.control.addJobs([{ startUrl: `${emulator.origin}/`, status: 4 }]);
    expect((await resolve(bff, id, { choice: "exists", instanceNo: "424242" })).json.errors).toEqual([
      { pointer: "/instanceNo", code: "JOB_NOT_FOUND" },
    ]);
    expect((await resolve(bff, id, { choice: "exists", instanceNo })).json.submission).toMatchObject({
      state: "BOUND",
      instanceNo,
    });
  });

  it("resend: it is sent again with the same token", async () => {
    const bff = await start();
    const id = await inReview(bff);
    await resolve(bff, id, { choice: "resend" });
    await become(bff, id, "BOUND");
    expect(new Set(creates().map(({ body }) => (body as { Memo: string }).Memo)).size).toBe(1);
    expect(creates()).toHaveLength(4);
  });

  it("drop: it is cancelled, and nothing is sent", async () => {
    const bff = await start();
    const id = await inReview(bff);
    expect((await resolve(bff, id, { choice: "drop" })).json.submission.state).toBe("CANCELLED");
    expect((await resolve(bff, id, { choice: "resend" })).json.code).toBe("SUBMISSION_IN_FLIGHT");
    expect(creates()).toHaveLength(3);
  });

  it("is forbidden for a viewer, and for an operator on somebody else's", async () => {
    const bff = await start();
    const id = await inReview(bff);
    for (const persona of ["viewer", "auditor", "operator"]) {
      expect(await resolve(bff, id, { choice: "drop" }, persona)).toMatchObject({
        status: 403,
        json: { code: "ROLE_FORBIDDEN" },
      });
      expect((await bff.ask("DELETE", `/api/submissions/${id}`, { persona })).status).toBe(403);
    }
  });
});

describe("a budget", () => {
  it("per hour refuses one person and not another", async () => {
    const bff = await start({ WSC_BUDGET_PER_USER_HOUR: "2" });
    const post = (persona: string, port: number) =>
      bff.ask("POST", "/api/jobs", { body: jobBody(`http://127.0.0.1:${port}/`), persona });
    emulator.control.addFault({
      operation: "createJob",
      times: 9,
      effect: { kind: "body", body: { returnCode: "0", resources: { instanceNo: 5 } } },
    });
    expect((await post("operator", 1)).status).toBe(202);
    expect((await post("operator", 2)).status).toBe(202);
    expect(await post("operator", 3)).toMatchObject({ status: 409, json: { code: "BUDGET_EXHAUSTED" } });
    expect((await post("admin", 4)).status).toBe(202);
  });

  it("is not used by calls that the upstream refused for certain", async () => {
    const bff = await start({ WSC_BUDGET_PER_DAY: "1" });
    emulator.control.addFault({ operation: "createJob", times: 1, effect: { kind: "service-error", code: "160451" } });
    await become(bff, await submit(bff), "FAILED");
    await become(bff, await submit(bff), "BOUND");
    const third = await bff.ask("POST", "/api/jobs", { body: jobBody("http://127.0.0.1:9/") });
    expect(third.json.code).toBe("BUDGET_EXHAUSTED");
  });

  it("survives a restart", async () => {
    const environment = { WSC_BUDGET_PER_DAY: "1" };
    const first = await start(environment);
    await become(first, await submit(first), "BOUND");
    await stop(first);
    const second = await start(environment);
    expect((await second.ask("POST", "/api/jobs", { body: jobBody("http://127.0.0.1:9/") })).json.code).toBe(
      "BUDGET_EXHAUSTED",
    );
  });
});
