import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hasOutcome, jobBody, type Stack, startStack, until } from "./start-bff.ts";

let stack: Stack;
/** The scanned site. */
let site: Stack;
let target: string;
const quick = { WSC_SIGNATURE_VALIDITY_MS: "100", WSC_INDEX_LAG_MS: "50", WSC_RECONCILE_STEP_MS: "30" };
beforeAll(async () => {
  stack = await startStack({ environment: quick });
  site = await startStack();
  target = `${site.origin}/`;
});
afterAll(async () => {
  await stack.close();
  await site.close();
});
beforeEach(() => stack.emulator.control.reset(false));

const creates = () => stack.emulator.control.requests().filter(({ operation }) => operation === "createJob");
const submit = (change: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  stack.ask("POST", "/api/jobs", { body: jobBody(target, change), headers });
const settled = (id: string) =>
  until(async () => (await stack.ask("GET", `/api/submissions/${id}`)).json.submission, hasOutcome);
const become = async (change: Record<string, unknown> = {}) => settled((await submit(change)).json.submission.id);

describe("POST /api/jobs", () => {
  it("answers 202 at once and binds the submission to the job that the list shows with its token", async () => {
    stack.emulator.control.changeSettings({ createAnswer: "with-id" });
    const answer = await submit({ memo: "첫 진단" });
    expect(answer.status).toBe(202);
    expect(answer.json.submission).toMatchObject({
      state: "SCHEDULED",
      startUrl: target,
      memo: "첫 진단",
      attempts: [],
    });
    expect(await settled(answer.json.submission.id)).toMatchObject({
      state: "BOUND",
      instanceNo: expect.stringMatching(/^[0-9]+$/),
      attempts: [{ code: "0" }],
    });
    expect(creates()).toHaveLength(1);
  });

  it("sends exactly what was asked for, with a token at the start of the memo", async () => {
    const { memo: _, ...rest } = { memo: "" };
    await become({
      ...rest,
      memo: "weekly",
      excludeUrls: [`${target}logout`],
      items: ["XSS"],
      userAgent: "iPhone",
      speed: "3",
      rescanOf: "7000001",
      signIn: { kind: "headers", headers: { Cookie: "SID=1" } },
    });
    expect(creates()[0]?.body).toEqual({
      StartUrl: target,
      ExcludeUrl: [`${target}logout`],
      Headers: { Cookie: "[masked]" },
      VulnItems: ["XSS"],
      UserAgent: "iPhone",
      Speed: "3",
      Memo: expect.stringMatching(/^wsc[a-z2-7]{16} weekly$/),
      MasterInstanceNo: "7000001",
    });
  });

  it("gives every submission another token", async () => {
    await become();
    await become();
    const memos = creates().map(({ body }) => (body as { Memo: string }).Memo);
    expect(new Set(memos).size).toBe(2);
    for (const memo of memos) expect(memo).toMatch(/^wsc[a-z2-7]{16}$/);
  });

  it("makes one call of two identical requests with the same key", async () => {
    const key = { "Idempotency-Key": "0123456789abcdef-key" };
    const [first, second] = await Promise.all([submit({}, key), submit({}, key)]);
    expect(second.json.submission.id).toBe(first.json.submission.id);
    expect([first, second].map(({ headers }) => headers["idempotency-replayed"]).sort()).toEqual(["true", undefined]);
    await settled(first.json.submission.id);
    expect(creates()).toHaveLength(1);
  });

  it("refuses the same key for another request, and keeps keys of two people apart", async () => {
    const key = { "Idempotency-Key": "0123456789abcdef-other" };
    const first = await submit({}, key);
    expect(await submit({ memo: "another" }, key)).toMatchObject({
      status: 422,
      json: { code: "IDEMPOTENCY_KEY_REUSED" },
    });
    const other = await stack.ask("POST", "/api/jobs", {
      body: jobBody(target, { memo: "another" }),
      headers: key,
      persona: "operator",
    });
    expect(other.status).toBe(202);
    await settled(first.json.submission.id);
    await settled(other.json.submission.id);
  });

  it.each<[string, Record<string, unknown>, number, string, string]>([
    ["no scheme", { startUrl: "shop.example.com" }, 422, "/startUrl", "160331"],
    ["no consent", { consent: { textVersion: "1", accepted: false } }, 422, "/consent/accepted", "CONSENT_REQUIRED"],
    ["no target", { startUrl: undefined }, 400, "/startUrl", "VALUE_REQUIRED"],
    ["an unknown field", { instanceNo: "1" }, 400, "/instanceNo", "FIELD_UNKNOWN"],
    ["an unknown browser", { userAgent: "Lynx" }, 422, "/userAgent", "160433"],
    [
      "an exclusion elsewhere",
      { excludeUrls: ["https://other.example.com/"] },
      422,
      "/excludeUrls/0",
      "URL_OTHER_HOST",
    ],
    ["a server elsewhere without agreement", { hosting: "managed" }, 422, "/managedConsent", "160456"],
  ])("refuses %s at its field, and sends nothing", async (_, change, status, pointer, code) => {
    const answer = await submit(change);
    expect(answer.status).toBe(status);
    expect(answer.json.errors).toContainEqual({ pointer, code });
    expect(stack.emulator.control.requests()).toEqual([]);
  });
});

describe("an outcome", () => {
  it("without an id in the answer is found by the memo's token", async () => {
    stack.emulator.control.changeSettings({ allowedHosts: ["127.0.0.1"] });
    const answer = await stack.ask("POST", "/api/jobs", { body: jobBody(target) });
    const submission = await settled(answer.json.submission.id);
    expect(submission.state).toBe("BOUND");
    expect(submission.instanceNo).toMatch(/^[0-9]+$/);
    expect(creates()).toHaveLength(1);
  });

  it.each<[string, Parameters<Stack["emulator"]["control"]["addFault"]>[0]["effect"]]>([
    ["the answer was lost", { kind: "reset", when: "after" }],
    ["the gateway timed out after processing", { kind: "gateway-error", code: "510", when: "after" }],
    ["the gateway failed after processing", { kind: "gateway-error", code: "500", when: "after" }],
    ["a proxy answered in HTML after processing", { kind: "html", status: 200, when: "after" }],
    ["the answer was empty after processing", { kind: "empty", status: 200, when: "after" }],
    ["the service said 901 after processing", { kind: "service-error", code: "901", when: "after" }],
    ["the service said 160441 after processing", { kind: "service-error", code: "160441", when: "after" }],
    ["the answer held an unknown code after processing", { kind: "service-error", code: "160999", when: "after" }],
    ["nothing ever came after processing", { kind: "hang", when: "after" }],
  ])("is found although %s, with one call", async (_, effect) => {
    stack.emulator.control.addFault({ operation: "createJob", times: 1, effect });
    const answer = await stack.ask("POST", "/api/jobs", { body: jobBody(target) });
    const submission = await settled(answer.json.submission.id);
    expect(submission).toMatchObject({ state: "BOUND" });
    expect(creates()).toHaveLength(1);
  });

  it.each<[string, Parameters<Stack["emulator"]["control"]["addFault"]>[0]["effect"]]>([
    ["the connection broke before processing", { kind: "reset", when: "before" }],
    ["the gateway failed before processing", { kind: "gateway-error", code: "500" }],
    ["a proxy answered in HTML", { kind: "html", status: 502 }],
  ])("is sent again only once its absence is proven: %s", async (_, effect) => {
    stack.emulator.control.addFault({ operation: "createJob", times: 1, effect });
    const answer = await stack.ask("POST", "/api/jobs", { body: jobBody(target) });
    const submission = await settled(answer.json.submission.id);
    expect(submission).toMatchObject({ state: "BOUND", attempts: [{}, { code: "0" }] });
    const [first, second] = submission.attempts.map(({ sentAt }: { sentAt: string }) => Date.parse(sentAt));
    expect(second - first).toBeGreaterThanOrEqual(150);
    const [firstMemo, secondMemo] = creates().map(({ body }) => (body as { Memo: string }).Memo);
    expect(secondMemo).toBe(firstMemo);
  });

  it("that is proven absent a third time is left to a person", async () => {
    stack.emulator.control.addFault({ operation: "createJob", times: 9, effect: { kind: "reset", when: "before" } });
    const submission = await become();
    expect(submission).toMatchObject({ state: "NEEDS_REVIEW", reason: { code: "OUTCOME_UNKNOWN", retryable: false } });
    expect(creates()).toHaveLength(3);
  });

  it("is left to a person once a job of ours was seen without its token, until an admin allows sending again", async () => {
    const own = await startStack({ environment: quick });
    const { control } = own.emulator;
    // The response names a foreign job, and no job has the token.
    control.addJobs([{ instanceNo: "7000123", startUrl: target, status: 12, memo: "cut by somebody" }]);
    control.addFault({
      operation: "createJob",
      effect: {
        kind: "body",
        body: { returnCode: "0", returnDesc: "x", returnMessage: "x", resources: { instanceNo: 7000123 } },
      },
    });
    const first = await own.ask("POST", "/api/jobs", { body: jobBody(target) });
    const list = async () => (await own.ask("GET", "/api/submissions")).json;
    await until(list, ({ resendBlockedBy }) => resendBlockedBy === "MEMO_CUT");
    control.addFault({ operation: "createJob", times: 9, effect: { kind: "reset", when: "before" } });
    const { json } = await own.ask("POST", "/api/jobs", { body: jobBody("http://127.0.0.1:10/") });
    const one = async () => (await own.ask("GET", `/api/submissions/${json.submission.id}`)).json.submission;
    const left = await until(one, ({ state }) => state === "NEEDS_REVIEW");
    const refused = await own.ask("POST", "/api/submissions/allow-resend", { persona: "operator" });
    const allowed = await own.ask("POST", "/api/submissions/allow-resend");
    const sent = control.requests().filter(({ operation }) => operation === "createJob").length;
    const misnamed = await until(
      async () => (await own.ask("GET", `/api/submissions/${first.json.submission.id}`)).json.submission,
      ({ state }) => state === "NEEDS_REVIEW",
    );
    await own.close();
    expect(misnamed.reason).toMatchObject({ code: "MEMO_CUT" });
    expect(misnamed.instanceNo).toBeUndefined();
    expect(left.reason).toMatchObject({ code: "MEMO_CUT" });
    expect(refused).toMatchObject({ status: 403 });
    expect(allowed).toMatchObject({ status: 200, json: { resendBlockedBy: null } });
    expect(sent).toBe(2);
  });

  it("stays open while the search itself fails", async () => {
    stack.emulator.control.addFault({ operation: "createJob", times: 1, effect: { kind: "reset", when: "before" } });
    // The response has the time, but neither finds the job nor lists anything.
    const noList = { kind: "body", status: 200, body: { total_cnt: 1 } } as const;
    for (const operation of ["searchJobs", "getJobs"] as const)
      stack.emulator.control.addFault({ operation, times: 1_000, effect: noList });
    const { json } = await submit();
    await until(
      () => stack.emulator.control.requests().filter(({ operation }) => operation === "searchJobs").length,
      (count) => count >= 4,
    );
    expect((await stack.ask("GET", `/api/submissions/${json.submission.id}`)).json.submission.state).toBe("IN_DOUBT");
    stack.emulator.control.clearFaults();
    await settled(json.submission.id);
  });

  it.each<
    [string, Parameters<Stack["emulator"]["control"]["addFault"]>[0]["effect"], string, string | undefined, boolean]
  >([
    ["160451", { kind: "service-error", code: "160451" }, "160451", "/startUrl", false],
    [
      "160433 in the other envelope",
      { kind: "service-error", code: "160433", shape: "envelope" },
      "160433",
      "/items",
      false,
    ],
    ["a refused key", { kind: "gateway-error", code: "200" }, "200", undefined, false],
  ])("that is a clear no (%s) fails with its reason, after one call", async (_, effect, code, pointer, retryable) => {
    // With a signature that lasts long: one that may have expired on the way is refused for another reason.
    const own = await startStack();
    const { control } = own.emulator;
    control.addFault({ operation: "createJob", times: 5, effect });
    const { id } = (await own.ask("POST", "/api/jobs", { body: jobBody(target) })).json.submission;
    const read = async () => (await own.ask("GET", `/api/submissions/${id}`)).json.submission;
    const submission = await until(read, hasOutcome);
    const calls = control.requests().filter(({ operation }) => operation === "createJob");
    await own.close();
    expect(submission).toMatchObject({ state: "FAILED", reason: { code, retryable } });
    if (pointer !== undefined) expect(submission.reason).toMatchObject({ pointer });
    expect(calls).toHaveLength(1);
  });
});

describe("a refusal that passes", () => {
  it("(a refused signature, by a time that no accepted signature has proven yet) is tried again", async () => {
    // With a signature that lasts long: an expired one is tried again for another reason.
    const own = await startStack({ environment: { WSC_RECONCILE_STEP_MS: "30" } });
    const { control } = own.emulator;
    control.changeSettings({ clockOffsetMs: 3_600_000 });
    control.addFault({ operation: "*", times: 1_000_000, effect: { kind: "gateway-error", code: "200" } });
    await until(
      async () => {
        await own.ask("GET", "/api/jobs?limit=20");
        return own.metrics();
      },
      (text) => Number(/^wsc_clock_skew_seconds (\S+)$/m.exec(text)?.[1]) > 3_000,
    );
    const { json } = await own.ask("POST", "/api/jobs", { body: jobBody(target) });
    const read = async () => (await own.ask("GET", `/api/submissions/${json.submission.id}`)).json.submission;
    await until(read, ({ reason }) => reason?.code === "200");
    control.clearFaults();
    const ended = await until(read, ({ state }) => ["BOUND", "FAILED", "NEEDS_REVIEW"].includes(state));
    await own.close();
    expect(ended.state).toBe("BOUND");
    // It may be refused more than once before the fault is cleared.
    expect(ended.attempts.map(({ code }: { code: string }) => code).join(" ")).toMatch(/^(200 )+0$/);
  });

  it.each<[string, Parameters<Stack["emulator"]["control"]["addFault"]>[0]["effect"], string]>([
    ["160452", { kind: "service-error", code: "160452" }, "160452"],
    ["160453 with HTTP 400", { kind: "service-error", code: "160453", status: 400 }, "160453"],
    ["160454", { kind: "service-error", code: "160454" }, "160454"],
    ["a spent quota", { kind: "gateway-error", code: "400" }, "400"],
  ])("(%s) waits with its reason, and can be cancelled", async (_, effect, code) => {
    const own = await startStack();
    own.emulator.control.addFault({ operation: "createJob", times: 9, effect });
    const { json } = await own.ask("POST", "/api/jobs", { body: jobBody(target) });
    const path = `/api/submissions/${json.submission.id}`;
    const waiting = await until(
      async () => (await own.ask("GET", path)).json.submission,
      ({ state }) => state === "RETRY_WAIT",
    );
    expect(waiting.reason).toMatchObject({ code, retryable: true });
    const cancelled = await own.ask("DELETE", path);
    const sent = own.emulator.control.requests().filter(({ operation }) => operation === "createJob").length;
    await own.close();
    expect(cancelled).toMatchObject({ status: 200, json: { submission: { state: "CANCELLED" } } });
    expect(sent).toBe(1);
  });

  it("(a throttle) is sent again after the time the upstream asked for", async () => {
    const own = await startStack();
    own.emulator.control.addFault({
      operation: "createJob",
      times: 1,
      effect: { kind: "gateway-error", code: "410", retryAfter: 1 },
    });
    const { json } = await own.ask("POST", "/api/jobs", { body: jobBody(`${own.origin}/`) });
    await until(
      async () => (await own.ask("GET", `/api/submissions/${json.submission.id}`)).json.submission.state,
      (state) => state === "BOUND",
    );
    const [first, second, ...more] = own.emulator.control
      .requests()
      .filter(({ operation }) => operation === "createJob");
    await own.close();
    expect(more).toEqual([]);
    expect(Date.parse(second?.receivedAt ?? "") - Date.parse(first?.receivedAt ?? "")).toBeGreaterThanOrEqual(990);
  });
});

describe("GET /api/submissions", () => {
  it("lists them newest first, without token or sign-in data", async () => {
    stack.emulator.control.addFault({
      operation: "createJob",
      times: 2,
      effect: { kind: "service-error", code: "160451" },
    });
    await become({ memo: "one", signIn: { kind: "headers", headers: { Cookie: "SID=canary-cookie-1" } } });
    await become({ memo: "two" });
    const { json, text } = await stack.ask("GET", "/api/submissions");
    expect(json.submissions.slice(0, 2).map(({ memo }: { memo: string }) => memo)).toEqual(["two", "one"]);
    expect(text).not.toMatch(/canary-cookie|wsc[a-z2-7]{16}/);
  });

  it.each(["nothing", "00000000-0000-4000-8000-000000000000"])("knows no submission %s", async (id) => {
    expect(await stack.ask("GET", `/api/submissions/${id}`)).toMatchObject({
      status: 404,
      json: { code: "SUBMISSION_NOT_FOUND" },
    });
  });
});

it("a target that is not on the allowlist is refused at its field", async () => {
  const strict = await startStack({ environment: { WSC_TARGET_ALLOWLIST: "shop.example.com, *.intra.example.net" } });
  const outside = await strict.ask("POST", "/api/jobs", { body: jobBody("https://evil.example.com/") });
  const inside = await strict.ask("POST", "/api/jobs", { body: jobBody("https://a.intra.example.net/") });
  await strict.close();
  expect(outside).toMatchObject({
    status: 422,
    json: { code: "TARGET_NOT_ALLOWED", errors: [{ pointer: "/startUrl" }] },
  });
  expect(inside.status).toBe(202);
});
