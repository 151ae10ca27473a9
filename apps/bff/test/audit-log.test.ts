import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, accessKey, jobBody, type Stack, secretKey, startStack, until } from "./start-bff.ts";

const cookie = "canary-cookie-71d2";
let stack: Stack;
let home = "";

const audit = (query = "", persona = "auditor"): Promise<Answer> => stack.ask("GET", `/api/audit${query}`, { persona });
interface Entry {
  readonly seq: number;
  readonly actor: { readonly id: string; readonly roles: readonly string[] };
  readonly action: string;
  readonly object: string;
  readonly target: string | null;
  readonly result: string;
  readonly requestId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}
const entries = async (query = ""): Promise<Entry[]> => (await audit(query)).json.entries;
/** Adds a job with the vendor's status number; returns its instanceNo. */
const jobIn = (status: 2 | 3): string =>
  stack.emulator.control.addJobs([{ startUrl: "https://www.example.com/", status }])[0] ?? "";
const told = (all: readonly Entry[]): string[] =>
  all.map(({ actor, action, object, result }) => `${actor.id} ${action} ${object} ${result}`);

beforeAll(async () => {
  stack = await startStack({
    seed: true,
    environment: { WSC_TARGET_ALLOWLIST: "127.0.0.1:*,127.0.0.1", WSC_BUDGET_PER_DAY: "1" },
  });
  home = `${stack.emulator.origin}/`;
});
afterAll(() => stack.close());

describe("the audit log", () => {
  it("starts with the configuration, in which secrets are shown only as set", async () => {
    const [first] = (await entries()).slice(-1);
    expect(first).toMatchObject({ seq: 1, actor: { id: "system" }, action: "dashboard.start", result: "allowed" });
    expect(first?.detail).toMatchObject({ WSC_UPSTREAM: "custom", WSC_ACCESS_KEY: "set", WSC_SECRET_KEY: "set" });
    expect(JSON.stringify(first)).not.toMatch(new RegExp(`${accessKey}|${secretKey}`));
  });

  it("records who requested a job, for which target, in which request, and the consent", async () => {
    const answer = await stack.ask("POST", "/api/jobs", {
      persona: "operator",
      body: jobBody(home, { signIn: { kind: "headers", headers: { Cookie: cookie } } }),
    });
    expect(answer.status).toBe(202);
    const object = `submission/${answer.json.submission.id}`;
    const all = await until(
      () => entries(`?target=${object}`),
      (some) => told(some).some((text) => text.includes("job.create") && text.endsWith("allowed")),
    );
    expect(told(all).toReversed().slice(0, 3)).toEqual([
      `dev:operator submission.create ${object} allowed`,
      `dev:operator consent.accept ${object} allowed`,
      `system job.create ${object} intent`,
    ]);
    const [consent] = all.filter(({ action }) => action === "consent.accept");
    expect(consent).toMatchObject({
      actor: { roles: ["operator"] },
      target: new URL(home).host,
      requestId: answer.headers["x-request-id"],
      detail: { consent: "job", textVersion: "1", textHash: expect.stringMatching(/^[0-9a-f]{64}/) },
    });
  });

  it.each<[string, string, () => Promise<Answer>, string]>([
    [
      "a role that may not",
      "ROLE_FORBIDDEN",
      () => stack.ask("POST", "/api/jobs", { persona: "viewer", body: jobBody(home) }),
      "dev:viewer job.create job denied",
    ],
    [
      "reading the log without the role for it",
      "ROLE_FORBIDDEN",
      () => audit("", "operator"),
      "dev:operator audit.list audit denied",
    ],
    [
      "a target that is not on the list",
      "TARGET_NOT_ALLOWED",
      () => stack.ask("POST", "/api/jobs", { persona: "operator", body: jobBody("https://elsewhere.example.com/") }),
      "dev:operator job.create job denied",
    ],
    [
      "a budget that is used up",
      "BUDGET_EXHAUSTED",
      () => stack.ask("POST", "/api/jobs", { persona: "operator", body: jobBody(home) }),
      "dev:operator job.create job denied",
    ],
  ])("has an entry about %s", async (_, code, attempt, text) => {
    const answer = await attempt();
    expect(answer.json.code).toBe(code);
    const [newest] = await entries("?result=denied");
    expect(told(newest === undefined ? [] : [newest])).toEqual([text]);
    expect(newest).toMatchObject({ detail: { code }, requestId: answer.headers["x-request-id"] });
  });

  it("records the intent before a job is cancelled, and the result afterwards", async () => {
    const instanceNo = jobIn(2);
    expect((await stack.ask("POST", `/api/jobs/${instanceNo}/cancel`, { persona: "operator" })).status).toBe(200);
    expect(told(await entries(`?target=${instanceNo}`))).toEqual([
      `dev:operator job.cancel job/${instanceNo} allowed`,
      `dev:operator job.cancel job/${instanceNo} intent`,
    ]);
  });

  it("records a stop that the upstream refused as failed, with its code", async () => {
    const instanceNo = jobIn(3);
    stack.emulator.control.addFault({
      operation: "stopJob",
      times: 1,
      effect: { kind: "service-error", code: "169201" },
    });
    await stack.ask("POST", `/api/jobs/${instanceNo}/stop`, { persona: "operator" });
    const [newest] = await entries(`?target=job/${instanceNo}`);
    expect(newest).toMatchObject({ action: "job.stop", result: "failed", detail: { code: "169201" } });
  });

  it("sends nothing to the upstream when the intent cannot be written, while reads continue", async () => {
    const instanceNo = jobIn(2);
    const cancel = () => stack.ask("POST", `/api/jobs/${instanceNo}/cancel`, { persona: "operator" });
    const asked = () => stack.emulator.control.requests().filter(({ operation }) => operation === "cancelJob").length;
    const before = asked();
    await sql`create trigger audit_locked before insert on audit begin select raise(abort, 'locked'); end`.execute(
      stack.database.db,
    );
    expect(await cancel()).toMatchObject({ status: 503, json: { code: "STORE_UNAVAILABLE" } });
    // A denied request stays denied although it can only be logged.
    expect((await stack.ask("POST", "/api/jobs", { persona: "viewer", body: jobBody(home) })).status).toBe(403);
    expect(asked()).toBe(before);
    expect((await stack.ask("GET", "/api/jobs")).status).toBe(200);
    expect((await audit()).status).toBe(200);
    expect(stack.logs.filter((line) => line.includes("an audit entry could not be kept"))).toHaveLength(1);
    await sql`drop trigger audit_locked`.execute(stack.database.db);
    expect((await cancel()).status).toBe(200);
  });

  it("can be filtered by person, action, result and time", async () => {
    const everything = await entries("?limit=100");
    for (const [query, matches] of [
      ["actor=dev:viewer", ({ actor }: Entry) => actor.id === "dev:viewer"],
      ["action=consent.accept", ({ action }: Entry) => action === "consent.accept"],
      ["result=intent", ({ result }: Entry) => result === "intent"],
      ["actor=dev:operator&result=denied", (one: Entry) => one.actor.id === "dev:operator" && one.result === "denied"],
      [`target=${encodeURIComponent(home)}`, ({ target }: Entry) => target === new URL(home).host],
      ["from=2026-01-01T00:00:00Z", () => true],
      ["to=2026-01-01T00:00:00Z", () => false],
    ] as const) {
      expect(await entries(`?limit=100&${query}`), query).toEqual(everything.filter(matches));
    }
  });

  it("is paged newest first, each entry once", async () => {
    const everything = await entries("?limit=100");
    const seen: Entry[] = [];
    for (let query = "?limit=3"; ; ) {
      const { json } = await audit(query);
      seen.push(...json.entries);
      if (json.next === null) break;
      query = `?limit=3&cursor=${json.next}`;
    }
    expect(seen).toEqual(everything);
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => seen.length - index));
  });

  it.each(["cursor=5", "cursor=1-x", "limit=0", "limit=101", "result=done", "from=yesterday", "actor=", "sort=at"])(
    "refuses %s and names it",
    async (query) => {
      const answer = await audit(`?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.json.errors[0].pointer).toContain(query.split("=")[0]);
    },
  );

  it("gives one entry by its number, and 404 for an unknown one", async () => {
    expect((await audit("/1")).json.entry).toMatchObject({ seq: 1, action: "dashboard.start" });
    expect(await audit("/999999")).toMatchObject({ status: 404, json: { code: "AUDIT_ENTRY_NOT_FOUND" } });
  });

  it("is saved as a table with times of the wanted zone beside those of the chain", async () => {
    const { text } = await audit("/export?format=csv&zone=Asia/Tokyo");
    const [head = "", first = ""] = text.split("\r\n");
    expect(head).toContain('"at","time (Asia/Tokyo)"');
    const [, at = "", time = ""] = first.replaceAll('"', "").split(",");
    expect(Date.parse(`${time.replace(" ", "T")}+09:00`)).toBe(Math.floor(Date.parse(at) / 1000) * 1000);
    expect((await audit("/export?format=csv&zone=Nowhere/City")).status).toBe(400);
  });

  it.each([
    ["csv", "text/csv; charset=utf-8"],
    ["jsonl", "application/jsonl; charset=utf-8"],
  ])("is saved as %s, oldest first, with its own entry in it, and without a secret", async (format, type) => {
    const answer = await audit(`/export?format=${format}`);
    expect(answer.headers["content-type"]).toBe(type);
    expect(answer.headers["content-disposition"]).toMatch(new RegExp(`"?wsc_audit_[0-9]{8}\\.${format}"?$`));
    expect(answer.text.startsWith("\ufeff")).toBe(format === "csv");
    const lines = answer.text.trimEnd().split(/\r?\n/);
    expect(lines.at(-1)).toContain("audit.export");
    if (format === "jsonl")
      expect(lines.map((line) => JSON.parse(line).seq)).toEqual(lines.map((_, index) => index + 1));
    for (const secret of [accessKey, secretKey, cookie]) expect(answer.text).not.toContain(secret);
    expect(told(await entries("?action=audit.export")).slice(0, 2)).toEqual([
      "dev:auditor audit.export audit allowed",
      "dev:auditor audit.export audit intent",
    ]);
  });

  it("cannot be saved by a role that may not read it, nor without the guard header", async () => {
    expect((await audit("/export?format=csv", "operator")).status).toBe(403);
    const bare = { persona: "auditor", headers: { "X-WSC-Request": null } };
    expect((await stack.ask("GET", "/api/audit/export?format=csv", bare)).status).toBe(403);
  });

  it.each(["POST", "PUT", "DELETE"])("does not allow the method %s", async (method) => {
    expect((await stack.ask(method, "/api/audit", { persona: "admin" })).status).toBe(405);
    expect((await stack.ask(method, "/api/audit/1", { persona: "admin" })).status).toBe(405);
  });

  it("is searched along an index for every filter", async () => {
    for (const column of ["actor", "action", "object", "target", "result"]) {
      const plan = await sql<{ detail: string }>`
        explain query plan select seq from audit where ${sql.ref(column)} = 'x' order by at desc, seq desc limit 51`.execute(
        stack.database.db,
      );
      expect(plan.rows.map(({ detail }) => detail)).toEqual([expect.stringContaining(`audit_${column}`)]);
    }
  });

  it("reports its chain as intact, and where it is broken after an entry was changed", async () => {
    expect((await audit("/chain")).json).toMatchObject({ state: "intact", brokenAt: null });
    await sql`update audit set entry = replace(entry, 'dev:viewer', 'dev:admin') where seq =
      (select min(seq) from audit where actor = 'dev:viewer')`.execute(stack.database.db);
    const broken = await until(
      async () => (await audit("/chain")).json,
      ({ state }) => state === "broken",
    );
    expect(broken.verified).toBe(broken.brokenAt - 1);
    expect(stack.logs.some((line) => line.includes("the audit chain is broken"))).toBe(true);
  });
});

describe("the head of the chain", () => {
  it("is written to the log without a request", async () => {
    const [line] = await until(
      () => stack.logs.filter((text) => text.includes('"audit anchor"')),
      (lines) => lines.length > 0,
    );
    expect(JSON.parse(line ?? "")).toMatchObject({
      "wsc.audit.seq": expect.any(Number),
      "wsc.audit.hash": expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});
