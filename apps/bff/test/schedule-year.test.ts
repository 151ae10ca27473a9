import { rmSync } from "node:fs";
import type { ScheduleRequest, ScheduleRule, Weekday } from "@wsc-dashboard/wsc-core";
import { afterEach, describe, expect, it } from "vitest";
import { openAuditChain } from "../src/audit/audit-chain.ts";
import { createKeyRing } from "../src/database/keys.ts";
import { type OpenDatabase, openSqliteDatabase } from "../src/database/open-database.ts";
import { createOutbox } from "../src/outbox/outbox.ts";
import { createSchedules, type Schedules } from "../src/schedules/schedules.ts";
import { noBudgets, timings } from "./database-bench.ts";
import { newDataDirectory } from "./start-bff.ts";

const graceMs = 30 * 60_000;
const start = Date.parse("2026-01-01T00:00:00Z");
const end = Date.parse("2027-01-01T00:00:00Z");
const names: readonly Weekday[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** A small seeded generator, so that a failing run can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 1 | state) + 0x6d2b79f5) | 0;
    return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** When the clocks of a zone first show the rule's time or a later one; found by checking every quarter of an hour. */
function promisedInstants({ localTime, zone, every, weekdays, nth }: ScheduleRule): number[] {
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const found: number[] = [];
  for (let day = start - 2 * 86_400_000; day < end + 2 * 86_400_000; day += 86_400_000) {
    const date = new Date(day);
    const text = date.toISOString().slice(0, 10);
    const weekday = names[date.getUTCDay()] ?? "sun";
    const isDay =
      every === "day" ||
      (every === "week" && weekdays?.includes(weekday)) ||
      (every === "month" &&
        (weekdays === undefined
          ? date.getUTCDate() === nth
          : weekdays[0] === weekday && Math.ceil(date.getUTCDate() / 7) === nth));
    if (!isDay) continue;
    let instant = Date.parse(`${text}T${localTime}:00Z`) - 15 * 3_600_000;
    while (clock.format(instant) < `${text} ${localTime}`) instant += 900_000;
    if (instant > start && instant < end) found.push(instant);
  }
  return found;
}

const opened: OpenDatabase[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

const user = { id: "dev:admin", name: "admin", roles: ["admin"] } as const;
const request = (rule: ScheduleRule, change: Partial<ScheduleRequest> = {}): ScheduleRequest => ({
  startUrl: "https://shop.example.com/",
  excludeUrls: [],
  items: ["ALL"],
  userAgent: "PC Chrome",
  speed: "1",
  memo: "",
  hosting: "ncloud",
  consent: { textVersion: "1", accepted: true },
  signIn: { kind: "none" },
  collision: "queue",
  blackout: [],
  ...change,
  rule: {
    ...rule,
    ...(rule.weekdays === undefined ? {} : { weekdays: [...rule.weekdays] }),
  } as ScheduleRequest["rule"],
});

async function open(directory: string): Promise<{ database: OpenDatabase; schedules: Schedules }> {
  const database = await openSqliteDatabase(directory);
  opened.push(database);
  const ring = createKeyRing([Buffer.alloc(32, 3)]);
  const audit = await openAuditChain(database.db, ring);
  const outbox = createOutbox({
    database,
    audit,
    timings: { ...timings, misfireGraceMs: graceMs },
    budgets: noBudgets,
    owner: "first",
  });
  return {
    database,
    schedules: createSchedules({ database, audit, ring, outbox, perUser: 0, timings: { misfireGraceMs: graceMs } }),
  };
}
async function close(database: OpenDatabase): Promise<void> {
  opened.splice(opened.indexOf(database), 1);
  await database.close();
}
const madeRuns = (database: OpenDatabase) =>
  database.db.selectFrom("submission").select(["due_at", "state"]).orderBy("due_at").execute();

describe("a year of a schedule", () => {
  const rules: ScheduleRule[] = [
    { every: "day", localTime: "02:30", zone: "Europe/Berlin" },
    { every: "day", localTime: "01:45", zone: "America/New_York" },
    // Clocks change on a Sunday, here by half an hour.
    { every: "week", weekdays: ["sun"], localTime: "02:15", zone: "Australia/Lord_Howe" },
    { every: "week", weekdays: ["sun"], localTime: "01:45", zone: "Australia/Lord_Howe" },
    { every: "week", weekdays: ["sun"], localTime: "02:00", zone: "America/New_York" },
    { every: "week", weekdays: ["mon", "fri"], localTime: "23:45", zone: "Europe/Berlin" },
    { every: "month", nth: 1, weekdays: ["mon"], localTime: "02:00", zone: "Asia/Seoul" },
    { every: "month", nth: 28, localTime: "00:00", zone: "Europe/Berlin" },
  ];
  it.each(rules.map((rule, index) => [`${rule.every} ${rule.localTime} ${rule.zone}`, rule, index] as const))(
    "(%s) with restarts at random: every run once, at the promised instant, none missed",
    async (_, rule, index) => {
      const directory = await newDataDirectory();
      const next = random(index + 1);
      let { database, schedules } = await open(directory);
      await schedules.create(request(rule), user, start, "r");
      const made: number[] = [];
      const promised = promisedInstants(rule);
      /**
       * Small steps around a promised instant, large ones in between: a run made in between at a wrong time is found afterwards.
       */
      const pause = (now: number): number => {
        const quiet = (promised.find((instant) => instant > now) ?? end) - now - 3_600_000;
        return quiet > 3_600_000 ? quiet * (0.4 + 0.6 * next()) : 60_000 + next() * 20 * 60_000;
      };
      for (let now = start; now < end; now += pause(now)) {
        // The database is queried only when something is due.
        if (await schedules.isAnyRunDue(now)) {
          await schedules.makeDueRuns(now);
          made.push(now);
        }
        if (next() < 0.02) {
          await close(database);
          ({ database, schedules } = await open(directory));
        }
      }
      await schedules.makeDueRuns(end - 1);
      const runs = await madeRuns(database);
      expect(runs.map(({ due_at }) => due_at)).toEqual(promised);
      expect(runs.filter(({ state }) => state !== "SCHEDULED")).toEqual([]);
      expect(made.length).toBeGreaterThan(5);
      await close(database);
      rmSync(directory, { recursive: true, force: true });
    },
  );
});

describe("runs that could not take place", () => {
  const daily: ScheduleRule = { every: "day", localTime: "02:00", zone: "Asia/Seoul" };

  it("are recorded as missed, and never sent in a burst", async () => {
    const directory = await newDataDirectory();
    const { database, schedules } = await open(directory);
    await schedules.create(request(daily), user, start, "r");
    await schedules.makeDueRuns(start + 10 * 86_400_000);
    const states = (await madeRuns(database)).map(({ state }) => state);
    expect(states).toEqual(Array(10).fill("MISSED"));
    expect(await schedules.isAnyRunDue(start + 10 * 86_400_000)).toBe(false);
    await close(database);
    rmSync(directory, { recursive: true, force: true });
  });

  it("do not cost the run of today, however many they are", async () => {
    const directory = await newDataDirectory();
    const { database, schedules } = await open(directory);
    await schedules.create(request(daily), user, start, "r");
    const due = Date.parse("2026-06-01T17:00:00Z");
    while (await schedules.isAnyRunDue(due + graceMs)) await schedules.makeDueRuns(due + graceMs);
    const runs = await madeRuns(database);
    expect(runs.filter(({ state }) => state === "MISSED")).toHaveLength(100);
    expect(runs.filter(({ state }) => state !== "MISSED")).toEqual([{ due_at: due, state: "SCHEDULED" }]);
    await close(database);
    rmSync(directory, { recursive: true, force: true });
  });

  it("within the grace period are still sent, once", async () => {
    const directory = await newDataDirectory();
    const { database, schedules } = await open(directory);
    await schedules.create(request(daily), user, start, "r");
    const due = Date.parse("2026-01-01T17:00:00Z");
    await Promise.all([schedules.makeDueRuns(due + graceMs), schedules.makeDueRuns(due + graceMs)]);
    expect(await madeRuns(database)).toEqual([{ due_at: due, state: "SCHEDULED" }]);
    await close(database);
    rmSync(directory, { recursive: true, force: true });
  });

  it("three times in a row pause the schedule until it is resumed", async () => {
    const directory = await newDataDirectory();
    const { database, schedules } = await open(directory);
    const { id } = await schedules.create(request(daily), user, start, "r");
    for (let day = 1; day <= 4; day += 1) {
      await schedules.makeDueRuns(start + day * 86_400_000 - 7 * 3_600_000);
      await database.db
        .updateTable("submission")
        .set({ state: "FAILED", settled_at: start + day * 86_400_000 })
        .where("state", "=", "SCHEDULED")
        .execute();
    }
    const paused = await schedules.get(id, user, start + 5 * 86_400_000);
    expect(paused).toMatchObject({ state: "paused", pausedBy: "failures", next: [] });
    expect(paused.runs).toHaveLength(3);
    const resumed = await schedules.resume(id, user, start + 5 * 86_400_000, "r");
    expect(resumed).toMatchObject({ state: "active" });
    await schedules.makeDueRuns(start + 6 * 86_400_000 - 7 * 3_600_000);
    expect((await schedules.get(id, user, start + 6 * 86_400_000)).state).toBe("active");
    await close(database);
    rmSync(directory, { recursive: true, force: true });
  });
});
