import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formSignInOf, type LoginSite, startLoginSite } from "./login-site.ts";
import { jobBody, type Stack, startStack, until } from "./start-bff.ts";

let site: LoginSite;
let stack: Stack;
let directory: string;
let forward = 0;
/** A running clock that can be advanced. */
const now = (): number => Date.now() + forward;

beforeEach(async () => {
  forward = 0;
  directory = mkdtempSync(join(tmpdir(), "wsc-sign-in-"));
  site = await startLoginSite();
  stack = await startStack({
    now,
    bffNow: now,
    environment: { WSC_ALLOW_PRIVATE_TARGETS: "true", WSC_DATA_DIR: directory },
  });
});
afterEach(async () => {
  await stack.close();
  await site.close();
  rmSync(directory, { recursive: true, force: true });
});

const form = (change: object = {}) => formSignInOf(site, change);
const check = (signIn: object) =>
  stack.ask("POST", "/api/targets/check", { body: { startUrl: `${site.origin}/`, signIn } });
const submit = async (change: object): Promise<string> => {
  const answer = await stack.ask("POST", "/api/jobs", { body: jobBody(`${site.origin}/`, { ...change }) });
  expect(answer.status).toBe(202);
  return answer.json.submission.id;
};
const read = async (id: string) => (await stack.ask("GET", `/api/submissions/${id}`)).json.submission;
const become = (id: string, state: string) =>
  until(
    () => read(id),
    (submission) => submission.state === state,
  );
const creates = () => stack.emulator.control.requests().filter(({ operation }) => operation === "createJob");

async function foundUrls(id: string): Promise<string[]> {
  const { instanceNo } = await become(id, "BOUND");
  await until(
    async () => (await stack.ask("GET", `/api/jobs/${instanceNo}`)).json.job.status.phase,
    (phase) => phase === "completed",
  );
  const { json } = await stack.ask("GET", `/api/jobs/${instanceNo}/report`);
  return json.findings.map(({ url }: { url: string }) => url);
}

const filesHold = (text: string): string[] =>
  readdirSync(directory).filter((name) => readFileSync(join(directory, name)).includes(text));

describe("a test of a target sign-in", () => {
  it("submits the form with its hidden token and reports what was seen, without values", async () => {
    const { status, json, text } = await check(form());
    expect(status).toBe(200);
    expect(json).toMatchObject({ finalUrl: `${site.origin}/members/area?…`, status: 200 });
    expect(json.cookieNames.toSorted()).toEqual(["SID", "pre"]);
    expect(json.excerpt).toMatch(/^Members only Hello \[/);
    expect(json.signedIn).toEqual({ worked: true, reason: "cookie" });
    expect(text).not.toMatch(/canary|wörd/);
    expect(stack.logs.join("\n")).not.toMatch(/session-canary|member-canary|canary-92|ticket-canary/);
  });

  it("begins with the fields that the login page names, or says that it has none", async () => {
    const find = (pageUrl: string, persona = "operator") =>
      stack.ask("POST", "/api/targets/login-form", { body: { pageUrl }, persona });
    const { status, json } = await find(`${site.origin}/login`);
    expect([status, json.form]).toEqual([
      200,
      { actionUrl: `${site.origin}/session`, idParam: "id", passwordParam: "pw", others: [] },
    ]);
    const { idParam, passwordParam, actionUrl } = json.form;
    const found = await check(form({ actionUrl, idParam, passwordParam, pageUrl: `${site.origin}/login` }));
    expect(found.status).toBe(200);
    const other = (await find(`${site.origin}/`)).json;
    expect(other).toMatchObject({ form: null, status: expect.any(Number), excerpt: expect.any(String) });
    const none = await find("http://127.0.0.1:9/");
    expect(none.json).toMatchObject({ code: "160353", errors: [{ pointer: "/pageUrl", code: "160353" }] });
    for (const [url, code] of [
      ["ftp://a.example/", 422],
      ["", 422],
    ] as const) {
      expect((await find(url)).status, url).toBe(code);
    }
    expect((await find(`${site.origin}/login`, "viewer")).status).toBe(403);
  });

  it("works with a cookie, and without credentials", async () => {
    const cookie = site.signIn();
    expect((await check({ kind: "headers", headers: { Cookie: cookie } })).json).toMatchObject({
      status: 200,
      cookieNames: ["SID"],
      excerpt: "Site area",
    });
    expect((await check({ kind: "none" })).json).toMatchObject({ excerpt: "Site sign in", cookieNames: [] });
  });

  it.each([
    ["a wrong password", () => form({ passwordValue: "wrong-canary" }), "160351", "/signIn"],
    ["no page, and so no token", () => form({ pageUrl: `${site.origin}/` }), "160351", "/signIn"],
    ["words of success that are not there", () => form({ successText: "Welcome back" }), "160351", "/signIn"],
    ["a port where nobody is", () => form({ actionUrl: "http://127.0.0.1:1/" }), "160353", "/signIn/actionUrl"],
    ["a form without http", () => form({ actionUrl: "ftp://a.example.com/" }), "160331", "/signIn/actionUrl"],
    ["a name with signs", () => form({ idParam: 'i"d' }), "160332", "/signIn/idParam"],
    ["a password name with signs", () => form({ passwordParam: "p w" }), "160332", "/signIn/passwordParam"],
    ["a further name with signs", () => form({ extra: { "a=b": "c" } }), "160332", "/signIn/extra/a=b"],
    [
      "a metadata address",
      () => form({ actionUrl: "http://169.254.169.254/" }),
      "TARGET_ADDRESS_FORBIDDEN",
      "/signIn/actionUrl",
    ],
  ])("refuses %s at its field", async (_, signIn, code, pointer) => {
    const answer = await check(signIn());
    expect(answer.status).toBe(422);
    expect(answer.json.errors).toEqual([{ pointer, code }]);
    expect(answer.text).not.toMatch(/canary/);
  });

  it("says why a login counts as failed, with the page that it led to, without values", async () => {
    const cases = [
      ["normal", { passwordValue: "wrong-canary" }, "asksForPassword", /^Wrong: \[/],
      ["normal", { successText: "Welcome back" }, "noSuccessText", /^Members only Hello \[/],
      ["refuse", {}, "refused", /^no$/],
    ] as const;
    for (const [how, change, reason, excerpt] of cases) {
      site.behave(how);
      const { json, text } = await check(form(change));
      expect(json, reason).toMatchObject({ code: "160351", seen: { signedIn: { worked: false, reason } } });
      expect(json.seen.excerpt).toMatch(excerpt);
      expect(text).not.toMatch(/canary|wörd/);
    }
    site.behave("normal");
    const { json } = await check(form({ successText: "Members only" }));
    expect(json.signedIn).toEqual({ worked: true, reason: "successText" });
    expect(stack.logs.join("\n")).not.toMatch(/session-canary|member-canary|canary-92|ticket-canary/);
  });

  it.each(["refuse", "forget-cookie"] as const)("fails when the site does %s", async (how) => {
    site.behave(how);
    expect((await check(form({ pageUrl: `${site.origin}/login` }))).json.code).toBe("160351");
  });

  it("is allowed for operators and admins, and audited", async () => {
    for (const persona of ["viewer", "auditor"]) {
      const answer = await stack.ask("POST", "/api/targets/check", { body: { startUrl: `${site.origin}/` }, persona });
      expect(answer.status).toBe(403);
    }
    expect(site.visits).toEqual([]);
    await check({ kind: "none" });
    const entries = await stack.database.db.selectFrom("audit").select("entry").orderBy("seq").execute();
    const results = entries
      .map(({ entry }) => JSON.parse(entry) as { action: string; result: string })
      .filter(({ action }) => action === "target.check")
      .map(({ result }) => result);
    expect(results).toEqual(["refused", "refused", "intent", "done"]);
  });
});

describe("a page behind the target's login", () => {
  it("is in the report with a login form, a cookie, and a reservation that signs in when due", async () => {
    const secret = `${site.origin}/members/search`;
    const has = (urls: string[]): boolean => urls.some((url) => url.startsWith(secret));
    expect(has(await foundUrls(await submit({})))).toBe(false);
    expect(has(await foundUrls(await submit({ signIn: form() })))).toBe(true);
    const cookie = site.signIn();
    expect(has(await foundUrls(await submit({ signIn: { kind: "headers", headers: { Cookie: cookie } } })))).toBe(true);

    const due = Math.floor((now() + 120_000) / 60_000) * 60_000;
    const when = { kind: "at", localTime: new Date(due).toISOString().slice(0, 16), zone: "UTC" };
    const before = site.visits.filter((visit) => visit === "POST /session").length;
    const id = await submit({ signIn: form(), when });
    expect(site.visits.filter((visit) => visit === "POST /session")).toHaveLength(before);
    expect(filesHold(site.user)).toEqual([]);
    forward += due - now();
    expect(has(await foundUrls(id))).toBe(true);
    expect(site.visits.filter((visit) => visit === "POST /session")).toHaveLength(before + 1);

    expect(await stack.database.db.selectFrom("sign_in").selectAll().execute()).toEqual([]);
    for (const canary of [site.user, "canary-92", "session-canary"]) expect(filesHold(canary)).toEqual([]);
    expect(stack.logs.join("\n")).not.toMatch(/session-canary|member-canary|canary-92/);
  });
});

describe("a sign-in that fails when it is due", () => {
  it.each([
    ["refuse" as const, (): object => ({}), "160351", "/signIn"],
    ["normal" as const, (): object => ({ passwordValue: "wrong" }), "160351", "/signIn"],
    ["normal" as const, (): object => ({ actionUrl: "http://127.0.0.1:1/" }), "160353", "/signIn/actionUrl"],
  ])(
    "(%s) makes the submission FAILED without a createJob, and erases the values",
    async (how, change, code, pointer) => {
      site.behave(how);
      const id = await submit({ signIn: form(change()) });
      expect(await become(id, "FAILED")).toMatchObject({ reason: { code, pointer }, attempts: [] });
      expect(creates()).toEqual([]);
      expect(await stack.database.db.selectFrom("sign_in").selectAll().execute()).toEqual([]);
    },
  );
});

describe("a preview", () => {
  it("equals the sent bytes, and its hash is in the audit entry of the call", async () => {
    const job = { memo: "Q4 'check'", excludeUrls: [`${site.origin}/logout`] };
    const { consent: _, ...body } = jobBody(`${site.origin}/`, job);
    const preview = (await stack.ask("POST", "/api/jobs/preview", { body })).json;
    expect(preview).toMatchObject({ method: "PUT", path: "/api/v1/job", origin: stack.emulator.origin });
    expect(preview.hash).toBe(createHash("sha256").update(preview.body).digest("hex"));
    const id = await submit(job);
    await become(id, "BOUND");
    expect(JSON.stringify(creates()[0]?.body)).toBe(preview.body);
    const entries = await stack.database.db.selectFrom("audit").select("entry").execute();
    expect(entries.filter(({ entry }) => entry.includes(preview.hash))).toHaveLength(1);
    const again = (await stack.ask("POST", "/api/jobs/preview", { body })).json;
    expect(again.body).not.toBe(preview.body);
  });

  it("of a job with credentials differs from the sent call only in masked values", async () => {
    for (const signIn of [
      form(),
      { kind: "headers", headers: { "X-Key": "key-canary", Cookie: site.signIn(), authorization: "Bearer a.b" } },
    ]) {
      stack.emulator.control.clearRequests();
      const job = { memo: 'né "<b>"\u2028', signIn };
      const { consent: _, ...body } = jobBody(`${site.origin}/`, job);
      const preview = (await stack.ask("POST", "/api/jobs/preview", { body })).json;
      expect(preview.body).toContain("[REDACTED]");
      await foundUrls(await submit(job));
      const [sent, ...more] = creates();
      expect(more).toEqual([]);
      // The gateway's log masks header values too, with another marker.
      expect(JSON.stringify(sent?.body).replaceAll("[masked]", "[REDACTED]")).toBe(preview.body);
      const entries = await stack.database.db.selectFrom("audit").select("entry").execute();
      const sending = entries.filter(({ entry }) => entry.includes(preview.hash)).map(({ entry }) => JSON.parse(entry));
      expect(sending).toMatchObject([{ action: "job.create", result: "intent", details: { bodyHash: preview.hash } }]);
      expect(JSON.stringify(entries)).not.toMatch(/canary/);
    }
  });

  it("shows names of credentials and never a value", async () => {
    for (const signIn of [form(), { kind: "headers", headers: { Cookie: "SID=canary", "X-Key": "canary" } }]) {
      const { text, json } = await stack.ask("POST", "/api/jobs/preview", {
        body: jobBody(`${site.origin}/`, { signIn }),
      });
      expect(text).not.toMatch(/canary/);
      expect(JSON.parse(json.body).Headers).toMatchObject({ Cookie: "[REDACTED]" });
    }
    expect(site.visits).toEqual([]);
  });
});

describe("a managed server", () => {
  const managed = { hosting: "managed", managedConsent: { textVersion: "1", accepted: true, language: "ko" } };

  it("needs consent and the ownership file, each reported at its field; the file stays the same", async () => {
    const post = (change: object) =>
      stack.ask("POST", "/api/jobs", { body: jobBody(`${site.origin}/`, { ...change }) });
    expect((await post({ hosting: "managed" })).json.errors).toEqual([{ pointer: "/managedConsent", code: "160456" }]);
    expect((await post(managed)).json.errors).toEqual([{ pointer: "/startUrl", code: "160457" }]);
    const ask = () => stack.ask("POST", "/api/targets/ownership", { body: { startUrl: `${site.origin}/` } });
    const first = (await ask()).json;
    expect(first).toMatchObject({ verified: false, tried: [{ found: "missing", status: 404 }, { found: "missing" }] });
    expect((await ask()).json).toEqual(first);
  });

  const place = async (index: number, change = (content: string): string => content): Promise<string> => {
    const { json } = await stack.ask("POST", "/api/targets/ownership", { body: { startUrl: `${site.origin}/` } });
    const { pathname } = new URL(json.urls[index]);
    site.place(pathname, change(json.content));
    return pathname;
  };
  const verdict = async () =>
    (await stack.ask("POST", "/api/targets/ownership", { body: { startUrl: `${site.origin}/deep?page` } })).json;

  it.each([0, 1])("is verified by the file at place %i, and not by another file", async (index) => {
    await place(index, (content) => content.replace(/=./, "=~"));
    expect(await verdict()).toMatchObject({ verified: false, tried: { [index]: { found: "other", status: 200 } } });
    await place(index, (content) => `${content}\r\n`);
    expect(await verdict()).toMatchObject({ verified: true, tried: { [index]: { found: "match", status: 200 } } });
    await become(await submit(managed), "BOUND");
    const entries = await stack.database.db.selectFrom("audit").select("entry").execute();
    const consents = entries
      .filter(({ entry }) => entry.includes("consent.accept"))
      .map(({ entry }) => JSON.parse(entry));
    expect(consents).toMatchObject([
      { details: { consent: "job" } },
      { details: { consent: "managed", language: "ko", textHash: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    ]);
  });

  it("whose file is missing when the job is due is not scanned", async () => {
    const pathname = await place(0);
    const due = Math.floor((now() + 120_000) / 60_000) * 60_000;
    const when = { kind: "at", localTime: new Date(due).toISOString().slice(0, 16), zone: "UTC" };
    const id = await submit({ ...managed, when });
    site.place(pathname, null);
    forward += due - now();
    expect(await become(id, "FAILED")).toMatchObject({
      reason: { code: "160457", pointer: "/startUrl" },
      attempts: [],
    });
    expect(creates()).toEqual([]);
  });
});

describe("a draft", () => {
  it("is private, is kept for seven days, and accepts no secret under any name", async () => {
    const put = (draft: unknown, persona = "admin") => stack.ask("PUT", "/api/drafts", { body: { draft }, persona });
    const get = async (persona = "admin") => (await stack.ask("GET", "/api/drafts", { persona })).json.kept;
    expect(await get()).toBeNull();
    expect((await put({ startUrl: "https://a", signIn: { kind: "form", idParam: "id" } })).status).toBe(200);
    expect(await get()).toMatchObject({ draft: { startUrl: "https://a" } });
    expect(await get("operator")).toBeNull();
    for (const bad of [
      { signIn: { passwordValue: "draft-canary" } },
      { signIn: { idValue: "draft-canary" } },
      { signIn: { headers: { Cookie: "draft-canary" } } },
      { signIn: { extra: { a: "draft-canary" } } },
      { startUrl: "https://me:draft-canary@a.example.com/" },
      { password: "draft-canary" },
    ])
      expect([400, 422]).toContain((await put(bad)).status);
    expect(filesHold("draft-canary")).toEqual([]);
    forward += 7 * 86_400_000;
    expect(await get()).toBeNull();
    await put({ startUrl: "https://b" });
    expect((await stack.ask("DELETE", "/api/drafts")).json).toEqual({ removed: true });
    expect(await get()).toBeNull();
  });
});
