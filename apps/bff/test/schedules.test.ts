import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jobBody, type Stack, startStack, until } from "./start-bff.ts";

let stack: Stack;
beforeEach(async () => {
  stack = await startStack({ paceMs: 3_600_000 });
});
afterEach(() => stack.close());

const rule = { every: "month", nth: 1, weekdays: ["mon"], localTime: "02:00", zone: "Asia/Seoul" };
const body = (change: Record<string, unknown> = {}) => jobBody(`${stack.emulator.origin}/`, { rule, ...change });
const create = (change: Record<string, unknown> = {}, persona = "admin") =>
  stack.ask("POST", "/api/schedules", { body: body(change), persona });
const creates = () => stack.emulator.control.requests().filter(({ operation }) => operation === "createJob");
const inTime = (ms: number) => new Date(Date.now() + ms).toISOString().slice(0, 16);

describe("a reservation", () => {
  it("waits for its time, is shown with it, and can be cancelled", async () => {
    const when = { kind: "at", localTime: inTime(3 * 86_400_000), zone: "UTC" };
    const { status, json } = await stack.ask("POST", "/api/jobs", {
      body: jobBody(`${stack.emulator.origin}/`, { when }),
    });
    expect(status).toBe(202);
    expect(json.submission).toMatchObject({
      state: "SCHEDULED",
      dueAt: `${when.localTime}:00.000Z`,
      when: { localTime: when.localTime, zone: "UTC" },
    });
    const cancelled = await stack.ask("DELETE", `/api/submissions/${json.submission.id}`);
    expect(cancelled.json.submission.state).toBe("CANCELLED");
    expect((await stack.ask("DELETE", `/api/submissions/${json.submission.id}`)).json.code).toBe(
      "SUBMISSION_IN_FLIGHT",
    );
    expect(creates()).toEqual([]);
  });

  it.each([
    ["2026-03-29T02:30", "Europe/Berlin"],
    ["2020-01-01T00:00", "UTC"],
    ["2026-13-01T00:00", "UTC"],
    ["tomorrow", "UTC"],
    ["2027-01-01T00:00", "Mars/Olympus"],
    ["2027-01-01T24:00", "UTC"],
  ])("at %s in %s is refused at its field", async (localTime, zone) => {
    const answer = await stack.ask("POST", "/api/jobs", {
      body: jobBody("https://shop.example.com/", { when: { kind: "at", localTime, zone } }),
    });
    expect(answer.status).toBe(422);
    expect(answer.json.errors[0].pointer).toMatch(/^\/when\/(localTime|zone)$/);
  });

  it("beyond the budget is accepted and held when due", async () => {
    const own = await startStack({ environment: { WSC_BUDGET_PER_DAY: "1" } });
    own.emulator.control.addFault({
      operation: "createJob",
      times: 3,
      effect: { kind: "body", body: { returnCode: "0", resources: { instanceNo: 7 } } },
    });
    await own.ask("POST", "/api/jobs", { body: jobBody("http://127.0.0.1:1/") });
    const when = { kind: "at", localTime: inTime(86_400_000), zone: "UTC" };
    const later = await own.ask("POST", "/api/jobs", { body: jobBody("http://127.0.0.1:2/", { when }) });
    const now = await own.ask("POST", "/api/jobs", { body: jobBody("http://127.0.0.1:3/") });
    await own.close();
    expect(later.status).toBe(202);
    expect(now).toMatchObject({ status: 409, json: { code: "BUDGET_EXHAUSTED" } });
  });
});

describe("a schedule", () => {
  it("is stored with its rule and next runs, and without credential values", async () => {
    const { json, text } = await create({
      memo: "매월 점검",
      signIn: { kind: "headers", headers: { Cookie: "SID=schedule-canary-9" } },
    });
    expect(json.schedule).toMatchObject({
      state: "active",
      memo: "매월 점검",
      rule,
      collision: "skip",
      signInKind: "headers",
      isOwn: true,
      runs: [],
    });
    expect(json.schedule.next).toHaveLength(10);
    for (const { dueAt, localTime } of json.schedule.next) {
      expect(localTime).toMatch(/T02:00$/);
      expect(Date.parse(`${localTime}:00+09:00`)).toBe(Date.parse(dueAt));
      expect(new Date(Date.parse(dueAt) + 9 * 3_600_000).getUTCDay()).toBe(1);
    }
    expect(text).not.toContain("schedule-canary-9");
    expect((await stack.ask("GET", "/api/schedules")).text).not.toContain("schedule-canary-9");
  });

  it("previews its next runs before it is saved", async () => {
    const answer = await stack.ask("POST", "/api/schedules/preview", { body: { rule } });
    expect(answer.json.next).toHaveLength(10);
  });

  it("is paused, resumed, edited and deleted", async () => {
    const { id } = (await create()).json.schedule;
    const path = `/api/schedules/${id}`;
    expect((await stack.ask("POST", `${path}/pause`)).json.schedule).toMatchObject({
      state: "paused",
      pausedBy: "user",
      next: [],
    });
    expect((await stack.ask("POST", `${path}/resume`)).json.schedule).toMatchObject({ state: "active" });
    const edited = await stack.ask("PUT", path, {
      body: body({ rule: { every: "day", localTime: "05:00", zone: "Europe/Berlin" } }),
    });
    expect(edited.json.schedule.rule).toEqual({ every: "day", localTime: "05:00", zone: "Europe/Berlin" });
    expect((await stack.ask("DELETE", path)).json).toEqual({ removed: true });
    expect((await stack.ask("GET", path)).json.code).toBe("SCHEDULE_NOT_FOUND");
  });

  it("is refused at the limit of one person, while another person can still create one", async () => {
    const limited = await startStack({ environment: { WSC_SCHEDULES_PER_USER: "2" } });
    const order = (persona: string) => limited.ask("POST", "/api/schedules", { body: body(), persona });
    for (let count = 0; count < 2; count += 1) expect((await order("operator")).status).toBe(200);
    expect(await order("operator")).toMatchObject({ status: 409, json: { code: "SCHEDULES_EXHAUSTED" } });
    expect((await order("admin")).status).toBe(200);
    expect((await limited.ask("GET", "/api/schedules")).json.total).toBe(3);
    await limited.close();
  });

  it("of another person can be read by an operator, not changed", async () => {
    const { id } = (await create()).json.schedule;
    const as = (method: string, path: string) =>
      stack.ask(method, path, { persona: "operator", ...(method === "PUT" ? { body: body() } : {}) });
    expect((await as("GET", `/api/schedules/${id}`)).json.schedule.isOwn).toBe(false);
    for (const [method, path] of [
      ["PUT", ""],
      ["DELETE", ""],
      ["POST", "/pause"],
      ["POST", "/resume"],
    ] as const) {
      expect(await as(method, `/api/schedules/${id}${path}`)).toMatchObject({
        status: 403,
        json: { code: "ROLE_FORBIDDEN" },
      });
    }
    expect((await stack.ask("POST", "/api/schedules", { body: body(), persona: "viewer" })).status).toBe(403);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      "no weekday in a week",
      { rule: { ...rule, every: "week", weekdays: undefined, nth: undefined } },
      "/rule/weekdays",
    ],
    ["two weekdays in a month", { rule: { ...rule, weekdays: ["mon", "tue"] } }, "/rule/weekdays"],
    ["a sixth Monday", { rule: { ...rule, nth: 6 } }, "/rule/nth"],
    ["no n-th in a month", { rule: { ...rule, nth: undefined } }, "/rule/nth"],
    ["a day the 31st", { rule: { ...rule, weekdays: undefined, nth: 31 } }, "/rule/nth"],
    [
      "the same day twice",
      { rule: { every: "week", weekdays: ["mon", "mon"], localTime: "02:00", zone: "UTC" } },
      "/rule/weekdays",
    ],
    ["an hour that is none", { rule: { ...rule, localTime: "24:00" } }, "/rule/localTime"],
    ["a zone that is none", { rule: { ...rule, zone: "x" } }, "/rule/zone"],
    ["a blackout without length", { blackout: [{ days: ["mon"], from: "02:00", to: "02:00" }] }, "/blackout/0/to"],
    ["a blackout over every run", { blackout: [{ days: ["mon"], from: "00:00", to: "23:59" }] }, "/blackout"],
    ["no scheme", { startUrl: "shop.example.com" }, "/startUrl"],
    ["no consent", { consent: { textVersion: "1", accepted: false } }, "/consent/accepted"],
  ])("is refused with %s, at its field", async (_, change, pointer) => {
    const answer = await create(change);
    expect([400, 422]).toContain(answer.status);
    expect(answer.json.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect((await stack.ask("GET", "/api/schedules")).json.schedules).toEqual([]);
  });

  it("sends each run when due, with its stored target credentials", async () => {
    const soon = new Date(Date.now() + 61_000);
    const localTime = soon.toISOString().slice(11, 16);
    // A running clock that can be advanced.
    let forward = 0;
    const now = () => Date.now() + forward;
    const own = await startStack({ now, bffNow: now });
    const request = jobBody(`${own.emulator.origin}/`, {
      rule: { every: "day", localTime, zone: "UTC" },
      collision: "queue",
      signIn: { kind: "headers", headers: { Cookie: "a=1" } },
    });
    const { id } = (await own.ask("POST", "/api/schedules", { body: request })).json.schedule;
    const sent = () => own.emulator.control.requests().filter(({ operation }) => operation === "createJob");
    for (const day of [0, 1]) {
      forward += Math.floor(soon.getTime() / 60_000) * 60_000 + day * 86_400_000 - now();
      await until(
        () => sent().length,
        (count) => count === day + 1,
      );
      await until(
        async () => (await own.ask("GET", `/api/schedules/${id}`)).json.schedule.runs[0]?.state,
        (state) => state === "BOUND",
      );
      // One job per target at a time: the next run starts when this one has ended.
      await until(
        async () => (await own.ask("GET", "/api/jobs?limit=1")).json.jobs[0].status.phase,
        (phase) => phase === "completed" || phase === "failed",
      );
    }
    const { runs } = (await own.ask("GET", `/api/schedules/${id}`)).json.schedule;
    const bodies = sent().map(({ body: sentBody }) => sentBody);
    await own.close();
    expect(runs.map(({ state }: { state: string }) => state)).toEqual(["BOUND", "BOUND"]);
    for (const sentBody of bodies) expect(sentBody).toMatchObject({ Headers: { Cookie: "[masked]" } });
  });
});

describe("cancelling several jobs", () => {
  it("returns the outcome of each", async () => {
    const [waiting = "", running = ""] = stack.emulator.control.addJobs([
      { startUrl: "https://a.example.com/", status: 12 },
      { startUrl: "https://b.example.com/", status: 3 },
    ]);
    const { status, json } = await stack.ask("POST", "/api/jobs/cancel", {
      body: { instanceNos: [waiting, running, "424242"] },
    });
    expect(status).toBe(200);
    expect(json.results).toMatchObject([
      { instanceNo: waiting, job: { status: { phase: "cancelled" } } },
      { instanceNo: running, code: "JOB_STATE_CONFLICT" },
      { instanceNo: "424242", code: "JOB_NOT_FOUND" },
    ]);
  });

  it.each([[[]], [["x"]], [Array.from({ length: 51 }, (_, index) => String(index + 1))]])(
    "refuses %j",
    async (instanceNos) => {
      const answer = await stack.ask("POST", "/api/jobs/cancel", { body: { instanceNos } });
      expect([400, 422]).toContain(answer.status);
      expect(stack.emulator.control.requests()).toEqual([]);
    },
  );
});
