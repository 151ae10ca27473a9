import type { Plan } from "@wsc-dashboard/wsc-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jobBody, type Stack, startStack, until } from "./start-bff.ts";

let now = 0;
let stack: Stack;
beforeEach(async () => {
  now = Date.parse("2026-11-29T03:00:00Z");
  stack = await startStack({ now: () => now, bffNow: () => now });
});
afterEach(() => stack.close());

const hosts = Array.from({ length: 40 }, (_, index) => `h${index}.example.com`);
const request = {
  hosts,
  repeat: "month",
  firstDay: 1,
  lastDay: 7,
  from: "01:00",
  minutesApart: 30,
  zone: "Asia/Seoul",
};
const preview = async (change: Record<string, unknown> = {}, persona = "operator") =>
  stack.ask("POST", "/api/plans/preview", { persona, body: { ...request, ...change } });

describe("POST /api/plans/preview", () => {
  it("tells the very runs that 40 schedules make over the month, also when one of them is refused", async () => {
    const plan: Plan = (await preview()).json;
    expect(plan.months[0]).toEqual({ month: "2026-12", added: 40, planned: 0, limit: null });
    const statuses: number[] = [];
    for (const { startUrl, run } of plan.rows) {
      const [, time = ""] = (run?.localTime ?? "").split("T");
      const rule = { every: "month", nth: run?.day, localTime: time, zone: request.zone };
      const isRefused = statuses.length === 3;
      const url = isRefused ? "https://other.example.com:0/" : startUrl;
      const { status } = await stack.ask("POST", "/api/schedules", {
        body: jobBody(url, { rule, collision: "queue" }),
      });
      statuses.push(status);
    }
    expect(statuses.map((status) => status === 200)).toEqual(hosts.map((_, index) => index !== 3));
    const made = () =>
      stack.database.db.selectFrom("submission").select(["target", "due_at"]).orderBy("due_at").execute();
    const expected = plan.rows
      .filter((_, index) => index !== 3)
      .map(({ host, run }) => ({ target: host, due_at: Date.parse(run?.dueAt[0] ?? "") }))
      .sort((a, b) => a.due_at - b.due_at);
    for (const [index, { due_at }] of expected.entries()) {
      now = due_at + 1_000;
      await until(made, (rows) => rows.length > index);
    }
    now = Date.parse("2026-12-30T00:00:00Z");
    expect((await made()).map(({ target, due_at }) => ({ target, due_at: Number(due_at) }))).toEqual(expected);
    // The planned runs count in the next preview.
    const next: Plan = (await preview({ hosts: ["h0.example.com", "new.example.com"] })).json;
    expect(next.months[0]).toMatchObject({ month: "2027-01", added: 2, planned: 39 });
    expect(next.rows.map(({ hasSchedule }) => hasSchedule)).toEqual([true, false]);
  });

  it("refuses at its field what is no plan, and whoever may not request scans", async () => {
    for (const [pointer, change] of [
      ["/hosts", { hosts: [] }],
      ["/hosts", { hosts: ["a", "a"] }],
      ["/hosts", { hosts: Array.from({ length: 201 }, (_, index) => `h${index}`) }],
      ["/lastDay", { firstDay: 5, lastDay: 4 }],
      ["/lastDay", { lastDay: 29 }],
      ["/from", { from: "24:00" }],
      ["/minutesApart", { minutesApart: 0 }],
      ["/zone", { zone: "Mars/Base" }],
      ["/repeat", { repeat: "day" }],
    ] as const) {
      expect(await preview(change), pointer).toMatchObject({ status: 422, json: { errors: [{ pointer }] } });
    }
    for (const persona of ["viewer", "auditor"]) expect((await preview({}, persona)).status).toBe(403);
  });
});

describe("GET /api/plans/calendar", () => {
  const calendar = (query: string, persona = "viewer") => stack.ask("GET", `/api/plans/calendar?${query}`, { persona });

  it("shows everybody the scans to come, and the form of a schedule how many others are planned on its days", async () => {
    const rule = { every: "month", nth: 5, localTime: "01:00", zone: "Asia/Seoul" };
    const made = await stack.ask("POST", "/api/schedules", { body: jobBody("https://a.example.com/", { rule }) });
    const { id } = made.json.schedule;
    for (const persona of ["viewer", "auditor", "operator", "admin"]) {
      expect((await calendar("month=2026-12&zone=Asia/Seoul", persona)).json).toMatchObject({
        scans: [{ kind: "schedule", id, host: "a.example.com", dueAt: ["2026-12-04T16:00:00.000Z"] }],
        capacity: { limit: null, zone: "Asia/Seoul" },
      });
    }
    const { json } = await calendar("month=2026-12&zone=Asia/Seoul");
    expect(json.capacity.days).toHaveLength(31);
    expect(json.capacity.days[4]).toEqual({ day: "2026-12-05", planned: 1 });
    const planned = async (change: object): Promise<number[]> => {
      const body = { rule: { ...rule, localTime: "23:00" }, blackout: [], ...change };
      const preview = await stack.ask("POST", "/api/schedules/preview", { persona: "operator", body });
      expect(preview.json.dayLimit).toBeNull();
      return preview.json.next.slice(0, 2).map((run: { planned: number }) => run.planned);
    };
    expect(await planned({})).toEqual([1, 1]);
    expect(await planned({ id })).toEqual([0, 0]);
    await stack.ask("POST", `/api/schedules/${id}/pause`, { body: {} });
    expect(await planned({})).toEqual([0, 0]);
    expect((await calendar("month=2026-12&zone=Asia/Seoul")).json.scans).toEqual([]);
  });

  it("refuses a month or a zone that does not exist", async () => {
    for (const query of [
      ...["", "month=2026-12", "month=2026-13&zone=UTC", "month=12-2026&zone=UTC"],
      "month=2026-12&zone=Mars/Base",
    ])
      expect((await calendar(query)).status, query).toBe(400);
  });
});
