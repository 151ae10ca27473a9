import type { Decision, NotificationFacts, VerdictChange } from "@wsc-dashboard/wsc-core";
import { limits } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAuditChain } from "../src/audit/audit-chain.ts";
import type { OpenDatabase } from "../src/database/open-database.ts";
import type { VerdictEventRow, VerdictRow } from "../src/database/schema.ts";
import { createChannelStore } from "../src/deliveries/channel-store.ts";
import { verdictIdOf } from "../src/reports/verdict-id.ts";
import { createJobSummaries } from "../src/summaries/job-summaries.ts";
import { createUnobservedReports } from "../src/summaries/unobserved-reports.ts";
import type { Observation } from "../src/verdicts/scan-results.ts";
import type { VerdictNews } from "../src/verdicts/verdict-causes.ts";
import type { ChangedFinding } from "../src/verdicts/verdict-changes.ts";
import { recordVerdictNews } from "../src/verdicts/verdict-notifications.ts";
import type { Sighting } from "../src/verdicts/verdict-rows.ts";
import { createVerdictStore } from "../src/verdicts/verdict-store.ts";
import { admin, type DatabaseKind, empty, noon, operator, ringOf } from "./database-bench.ts";

const host = "shop.example.com";
const minute = 60_000;
const day = 86_400_000;
const year = 365 * day;
const requestId = "request-1";

const fingerprintOf = (name: string): string => `XSS|GET|https%3A%2F%2F${host}%2F${name}|q`;
const idOf = (name: string): string => verdictIdOf(host, fingerprintOf(name));
const sightingOf = (name: string, instanceNo = "1", startedAt: number | null = noon - day): Sighting => ({
  ...{ instanceNo, startedAt, readableUntil: (startedAt ?? noon) + year, fingerprint: fingerprintOf(name) },
  ...{ severity: "high", total: 2, high: 1, medium: 1, low: 0 },
});
const finding = (name: string, version = 0, sighting: Sighting | null = sightingOf(name)): ChangedFinding => ({
  ...{ id: idOf(name), host, version, sighting },
});
const decide = (decision: Decision): VerdictChange => ({ kind: "decide", decision });
const fixed = decide({ verdict: "fixed" });
const falsePositive = decide({ verdict: "false-positive", reason: "Encoded by the template." });
const accepted = decide({ verdict: "risk-accepted", reason: "Behind the VPN.", until: "2026-12-23" });
const seen = (names: readonly string[], instanceNo: string, startedAt: number | null): Observation => ({
  ...{ host, instanceNo, startedAt, absent: new Set<string>() },
  seen: new Map(names.map((name) => [idOf(name), sightingOf(name, instanceNo, startedAt)])),
});
const absent = (names: readonly string[], instanceNo: string, startedAt: number): Observation => ({
  ...{ host, instanceNo, startedAt, seen: new Map<string, Sighting>(), absent: new Set(names.map(idOf)) },
});

/** Promises of verdicts on findings, the same on both databases. */
export function describeVerdicts(kind: DatabaseKind): void {
  let database: OpenDatabase;
  let news: VerdictNews[];
  let store: ReturnType<typeof createVerdictStore>;
  beforeAll(async () => {
    database = await kind.create();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await empty(database);
    news = [];
    store = await replica();
  });

  async function replica() {
    const audit = await openAuditChain(database.db, ringOf(1));
    const tell = async (_: unknown, some: readonly VerdictNews[]) => void news.push(...some);
    return createVerdictStore({ database, audit, onFirst: createUnobservedReports(database).observeNewest, tell });
  }
  const change = (findings: readonly ChangedFinding[], what: VerdictChange, at = noon, by = operator, on = store) =>
    on.change(findings, { change: what, endsAt: at + 30 * day, at, user: by }, { user: by, requestId });
  const codes = async (results: ReturnType<typeof change>) => (await results).map(({ code }) => code);
  const verdictOf = async (name: string, at = noon) => (await store.get(idOf(name), 1e9, at)).verdict;
  const historyOf = async (name: string) => (await store.get(idOf(name), 1e9, noon)).history.map((one) => one.kind);
  const entries = async () => {
    const rows = await database.db.selectFrom("audit").select(["entry"]).orderBy("seq").execute();
    return rows.map(({ entry }) => JSON.parse(entry));
  };

  describe(`verdicts (${kind.name})`, () => {
    it("are kept for one finding or many, with a result, a history and an audit entry for each", async () => {
      const results = await change([finding("a"), finding("b"), finding("c", 0, null)], falsePositive);
      expect(results.map(({ code }) => code)).toEqual([null, null, "VERDICT_NOT_FOUND"]);
      expect(await verdictOf("a")).toMatchObject({
        ...{ host, fingerprint: fingerprintOf("a"), state: "false-positive", cause: null, version: 1, notes: 0 },
        ...{ reason: "Encoded by the template.", decidedBy: "operator", severity: "high" },
        seen: { instanceNo: "1", startedAt: new Date(noon - day).toISOString() },
      });
      expect(await historyOf("b")).toEqual(["decided"]);
      expect(await entries()).toMatchObject(
        [idOf("a"), idOf("b")].sort().map((id) => ({
          ...{ action: "verdict.change", object: `verdict/${id}`, target: host, actor: "dev:operator", requestId },
          details: { kind: "decide", verdict: "false-positive" },
        })),
      );
      expect(JSON.stringify(await entries())).not.toContain("template");
      expect(await store.list(host, undefined, { page: 1, limit: 1 }, noon)).toMatchObject({
        ...{ total: 2, pageCount: 2, counts: { open: 0, "false-positive": 2 } },
        verdicts: [{ state: "false-positive" }],
      });
    });

    it("of two replicas at once keep what the first wrote, and tell the second what it is now", async () => {
      const other = await replica();
      for (const version of [0, 1]) {
        const both = await Promise.all([
          change([finding("a", version), finding("b", version)], falsePositive),
          change([finding("b", version), finding("a", version)], fixed, noon, admin, other),
        ]);
        const flat = both.flat();
        expect(flat.filter(({ code }) => code === null)).toHaveLength(2);
        expect(flat.filter(({ code }) => code === "VERDICT_CHANGED")).toHaveLength(2);
        for (const { row } of flat) expect(row?.version).toBe(version + 1);
        for (const name of ["a", "b"]) expect(await historyOf(name)).toHaveLength(version + 1);
      }
      expect(await codes(change([finding("a", 1)], fixed))).toEqual(["VERDICT_CHANGED"]);
      expect(await codes(change([finding("a", 7)], fixed))).toEqual(["VERDICT_CHANGED"]);
      expect(await codes(change([finding("new", 3)], fixed))).toEqual(["VERDICT_NOT_FOUND"]);
      expect(await historyOf("a")).toHaveLength(2);
    });

    it("take notes of everybody at once, and lose none", async () => {
      const stores = [store, await replica(), await replica()];
      const texts = Array.from({ length: 12 }, (_, index) => `note ${index}`);
      const kept = await Promise.all(
        texts.map((text, index) => change([finding("a")], { kind: "note", text }, noon, operator, stores[index % 3])),
      );
      expect(kept.flat().every(({ code }) => code === null)).toBe(true);
      const { verdict, history } = await store.get(idOf("a"), 1e9, noon);
      expect(verdict).toMatchObject({ state: "open", notes: 12, version: 1 });
      expect(history.map(({ text }) => text).sort()).toEqual([...texts].sort());
      expect(history.map(({ seq }) => seq)).toEqual(texts.map((_, index) => 12 - index));
      // A note does not change the version that a decision is compared with.
      expect(await codes(change([finding("a", 1)], fixed))).toEqual([null]);
    });

    it("keep the link of an issue beside the decision, and remove it again", async () => {
      await change([finding("a")], { kind: "link", issueUrl: "https://issues.example.com/1" });
      await change([finding("a", 1)], falsePositive);
      expect(await verdictOf("a")).toMatchObject({ issueUrl: "https://issues.example.com/1", state: "false-positive" });
      await change([finding("a", 2)], { kind: "link", issueUrl: null });
      expect(await verdictOf("a")).toMatchObject({ issueUrl: null, state: "false-positive", version: 3 });
      expect(await historyOf("a")).toEqual(["link", "decided", "link"]);
    });

    it("have a history with an end: at 1,000 entries nothing more is taken, and nothing is overwritten", async () => {
      await change([finding("a")], fixed);
      await database.db.updateTable("verdict").set({ events: limits.verdictEvents }).execute();
      expect(await codes(change([finding("a", 1)], { kind: "note", text: "x" }))).toEqual(["VERDICT_HISTORY_FULL"]);
      expect(await codes(change([finding("a", 1)], falsePositive))).toEqual(["VERDICT_HISTORY_FULL"]);
      expect(await verdictOf("a")).toMatchObject({ state: "fixed", notes: 0 });
    });

    it("say who got a finding, and when an accepted risk is open again, once", async () => {
      await change([finding("a")], decide({ verdict: "in-work", owner: "kim", due: "2026-12-01" }));
      await change([finding("b"), finding("c")], accepted);
      const end = noon + 30 * day;
      expect(await verdictOf("b", end - 1)).toMatchObject({ state: "risk-accepted", cause: null, until: "2026-12-23" });
      expect(await verdictOf("b", end)).toMatchObject({ state: "open", cause: "acceptance-ended" });
      await store.noteEnded(end - 1);
      expect(news).toEqual([{ kind: "assigned", id: idOf("a"), place: 1, host, people: ["kim"] }]);
      const other = await replica();
      await Promise.all([store.noteEnded(end), other.noteEnded(end)]);
      await store.noteEnded(end + 1);
      expect(
        news
          .slice(1)
          .map(({ kind, id }) => [kind, id])
          .sort(),
      ).toEqual(["b", "c"].map((name) => ["ended", idOf(name)]).sort());
      expect(await historyOf("b")).toEqual(["acceptance-ended", "decided"]);
      expect((await entries()).filter(({ action }) => action === "verdict.end")).toHaveLength(2);
      // Somebody who saw the finding as accepted, and edits it now, is told.
      expect(await codes(change([finding("b", 1)], accepted, end))).toEqual(["VERDICT_CHANGED"]);
      // Accepting it again starts anew.
      await change([finding("b", 2)], accepted, end);
      await store.noteEnded(end + 30 * day);
      expect(await historyOf("b")).toEqual(["acceptance-ended", "decided", "acceptance-ended", "decided"]);
    });
  });

  describe(`people are told of verdicts (${kind.name})`, () => {
    it("once for all findings that were assigned together, of mentions, ends of acceptances and what came back", async () => {
      const audit = await openAuditChain(database.db, ringOf(1));
      const telling = createVerdictStore({ database, audit, tell: recordVerdictNews });
      const channels = createChannelStore({ database, audit, ring: ringOf(1), internalReceivers: [] });
      const make = (people: string[] | null) =>
        channels.create(
          {
            ...{
              name: "team",
              kind: "email",
              receiver: "team@example.com",
              targets: null,
              tags: null,
              language: "en",
              people,
            },
            events: ["verdict.expired", "verdict.returned", "verdict.assigned", "verdict.mentioned"],
            ...{ minimumSeverity: null, findingNames: false, digest: "at-once", digestTime: "09:00" },
            ...{ quietHours: null, zone: "Asia/Seoul" },
          },
          noon,
          { user: admin, requestId },
        );
      const all = await make(null);
      const own = await make(["Kim"]);
      const by = { user: operator, requestId };
      const act = (names: readonly string[], what: VerdictChange, version = 0) =>
        telling.change(
          names.map((name) => finding(name, version)),
          { change: what, endsAt: noon + day, at: noon, user: operator },
          by,
        );
      await act(["a", "b", "c"], decide({ verdict: "in-work", owner: "kim" }));
      await act(["a"], { kind: "note", text: "@lee please look, kim@example.com knows" }, 1);
      await act(["a"], { kind: "note", text: "nobody" }, 1);
      await act(["d", "e"], accepted);
      await Promise.all([telling.noteEnded(noon + day), telling.noteEnded(noon + day)]);
      await act(["f"], fixed);
      await telling.observe(seen(["f"], "3", noon + minute), noon + 2 * minute);
      const toldTo = async ({ channel }: typeof all) => {
        const rows = await database.db
          .selectFrom("queued_notification")
          .innerJoin("notification", "notification.id", "queued_notification.notification_id")
          .select(["facts"])
          .where("channel_id", "=", channel.id)
          .execute();
        return rows
          .map(({ facts }) => JSON.parse(facts) as NotificationFacts)
          .map(({ event, target, verdicts, people }) => [event, target, verdicts, ...(people ?? [])].join(" "))
          .sort();
      };
      const assigned = `verdict.assigned ${host} 3 kim`;
      expect(await toldTo(all)).toEqual([
        ...[assigned, `verdict.expired ${host} 2 operator`],
        ...[`verdict.mentioned ${host} 1 lee`, `verdict.returned ${host} 1 operator`],
      ]);
      expect(await toldTo(own)).toEqual([assigned]);
    });
  });

  describe(`verdicts and later scans (${kind.name})`, () => {
    it("a fixed finding that a later scan reports came back, said once, with its history", async () => {
      await change([finding("a"), finding("b")], fixed);
      await store.observe(seen(["a", "b"], "2", noon - minute), noon);
      expect(await verdictOf("a")).toMatchObject({ state: "fixed", cause: "waiting", seen: { instanceNo: "2" } });
      for (let time = 0; time < 2; time += 1) await store.observe(seen(["a"], "3", noon + minute), noon + 2 * minute);
      expect(await verdictOf("a")).toMatchObject({ state: "open", cause: "came-back", version: 2 });
      expect(await verdictOf("b")).toMatchObject({ state: "fixed", cause: "waiting", version: 1 });
      expect(await historyOf("a")).toEqual(["came-back", "decided"]);
      expect(news).toMatchObject([{ kind: "came-back", id: idOf("a") }]);
      // A decision made without having seen that is refused.
      expect(await codes(change([finding("a", 1)], falsePositive))).toEqual(["VERDICT_CHANGED"]);
      await store.observe(absent(["a"], "4", noon + 3 * minute), noon + 4 * minute);
      expect(await verdictOf("a")).toMatchObject({ state: "fixed", cause: "confirmed" });
      expect(await historyOf("a")).toEqual(["confirmed", "came-back", "decided"]);
    });

    it("an older report that is read later changes nothing, nor one that does not say when its scan began", async () => {
      await change([finding("a")], fixed);
      await store.observe(absent(["a"], "4", noon + 3 * minute), noon);
      await store.observe(seen(["a"], "3", noon + minute), noon);
      expect(await verdictOf("a")).toMatchObject({ state: "fixed", cause: "confirmed", absent: { instanceNo: "4" } });
      await store.observe(seen(["a"], "9", null), noon);
      expect(await verdictOf("a")).toMatchObject({ state: "fixed", seen: { instanceNo: "3" } });
    });

    it("of a restored backup are as they were, until the reports after it are read again, each told once", async () => {
      await change([finding("a"), finding("b"), finding("c")], fixed);
      await change([finding("d")], accepted);
      const tables = ["verdict", "verdict_event"] as const;
      const backup = await Promise.all(tables.map((table) => database.db.selectFrom(table).selectAll().execute()));
      const later = async () => {
        await store.observe(seen(["a", "d"], "2", noon + day), noon + 2 * day);
        await store.observe(absent(["b"], "2", noon + day), noon + 2 * day);
      };
      const states = async () =>
        Promise.all(["a", "b", "c", "d"].map(async (name) => (await verdictOf(name, noon + 2 * day)).state));
      await later();
      await change([finding("a", 2)], falsePositive, noon + 2 * day);
      const [rows = [], events = []] = backup;
      for (const table of tables) await database.db.deleteFrom(table).execute();
      await database.db
        .insertInto("verdict")
        .values(rows as VerdictRow[])
        .execute();
      await database.db
        .insertInto("verdict_event")
        .values(events as VerdictEventRow[])
        .execute();
      expect(await states()).toEqual(["fixed", "fixed", "fixed", "risk-accepted"]);
      await later();
      await later();
      expect(await states()).toEqual(["open", "fixed", "fixed", "risk-accepted"]);
      expect(await historyOf("a")).toEqual(["came-back", "decided"]);
      expect(await historyOf("b")).toEqual(["confirmed", "decided"]);
      // Who saw what was decided after the backup is told, instead of being overwritten or overwriting.
      expect(await codes(change([finding("a", 3)], fixed, noon + 2 * day))).toEqual(["VERDICT_CHANGED"]);
    });

    it("neither reported nor tested again, a finding stays as it is; other verdicts do in any case", async () => {
      await change([finding("a")], fixed);
      await change([finding("b")], falsePositive);
      await change([finding("c")], accepted);
      await store.observe(seen([], "2", noon + minute), noon);
      await store.observe(seen(["b", "c"], "3", noon + 2 * minute), noon);
      await store.observe(absent(["b", "c"], "4", noon + 3 * minute), noon);
      const states = await Promise.all(["a", "b", "c"].map(async (name) => (await verdictOf(name)).state));
      expect(states).toEqual(["fixed", "false-positive", "risk-accepted"]);
      expect(news).toEqual([]);
    });

    it("what was decided while a report was read is judged by that decision", async () => {
      await change([finding("a")], fixed);
      await Promise.all([
        store.observe(seen(["a"], "2", noon + minute), noon + minute),
        change([finding("a", 1)], fixed, noon + 2 * minute),
      ]);
      const { state, cause, seen: last } = await verdictOf("a");
      expect(last?.instanceNo).toBe("2");
      // Depends on the order: either the decision was refused because the finding came back, or it was fixed after that scan.
      expect([
        ["open", "came-back"],
        ["fixed", "waiting"],
      ]).toContainEqual([state, cause]);
    });

    it("count as settled where the report of the latest sighting holds them", async () => {
      await change([finding("a"), finding("b")], falsePositive);
      await change([finding("c")], fixed);
      await change([finding("d")], accepted);
      await change([finding("e")], decide({ verdict: "in-work", owner: "kim" }));
      const one = { host, instanceNo: "1" };
      expect(await store.decidedCounts(noon)).toEqual([{ ...one, total: 8, high: 4, medium: 4, low: 0 }]);
      await store.observe(seen(["a", "c"], "2", noon + minute), noon);
      const sum = (counts: { instanceNo: string }[]) =>
        counts.toSorted((a, b) => (a.instanceNo < b.instanceNo ? -1 : 1));
      const after = [
        { ...one, total: 4, high: 2, medium: 2, low: 0 },
        { host, instanceNo: "2", total: 2, high: 1, medium: 1, low: 0 },
      ];
      expect(sum(await store.decidedCounts(noon))).toEqual(after);
      // The acceptance has ended by then.
      expect(sum(await store.decidedCounts(noon + 30 * day))).toEqual([
        { ...one, total: 2, high: 1, medium: 1, low: 0 },
        after[1],
      ]);
      expect(await store.decidedCounts(noon, "other.example.com")).toEqual([]);
      expect((await store.list(host, undefined, { page: 1, limit: 9 }, noon)).counts).toEqual({
        ...{ open: 1, "in-work": 1, "false-positive": 2, "risk-accepted": 1, fixed: 0 },
      });
    });
  });

  describe(`verdicts and the end of the year of reports (${kind.name})`, () => {
    it("only the hash of the identity and what people wrote remain, until a report holds the finding again", async () => {
      await change([finding("a")], { kind: "link", issueUrl: "https://issues.example.com/1" });
      await change([finding("a", 1)], { kind: "note", text: "Asked the owner." });
      await change([finding("a", 1)], fixed);
      await change([finding("b")], falsePositive);
      await store.observe(seen(["a"], "2", noon + minute), noon + minute);
      const end = noon + minute + year;
      await store.forgetUnreadable(end - 1);
      expect(await verdictOf("a")).toMatchObject({ host, fingerprint: fingerprintOf("a") });
      await store.forgetUnreadable(end);
      const row = await database.db.selectFrom("verdict").selectAll().where("id", "=", idOf("a")).executeTakeFirst();
      expect(row).toMatchObject({ target: null, fingerprint: null, seen_job: null, absent_job: null, severity: null });
      expect(row).toMatchObject({ seen_total: 0, issue_url: "https://issues.example.com/1" });
      const { verdict, history } = await store.get(idOf("a"), 1e9, end);
      expect(verdict).toMatchObject({ host: null, state: "open", cause: "came-back", notes: 1 });
      expect(history.map(({ text }) => text)).toContain("Asked the owner.");
      expect(history.every(({ instanceNo }) => instanceNo === undefined)).toBe(true);
      expect(JSON.stringify([row, await database.db.selectFrom("verdict_event").selectAll().execute()])).not.toContain(
        host,
      );
      await store.observe(seen(["a"], "9", end + day), end + day);
      expect(await verdictOf("a", end + day)).toMatchObject({ host, state: "open", cause: "came-back", notes: 1 });
      expect(await verdictOf("b", end + day)).toMatchObject({ host: null, state: "false-positive" });
    });

    it("stay while another report of the target can be read", async () => {
      const job = {
        ...{ instanceNo: "7", startUrl: `https://${host}/`, memo: "", progress: 100, crawlCount: 1, findingCount: 1 },
        status: { text: "Complete", phase: "completed" as const },
        startedAt: new Date(noon + 90 * day).toISOString(),
        endedAt: new Date(noon + 90 * day).toISOString(),
        capabilities: { report: true, cancel: false, stop: false, rescan: true, cause: false },
        reportExpiresAt: new Date(noon + 90 * day + year).toISOString(),
      };
      await change([finding("a")], falsePositive);
      await createJobSummaries(database).noteListed([job], noon, noon);
      await store.forgetUnreadable(noon + year);
      expect(await verdictOf("a")).toMatchObject({ host });
      await store.forgetUnreadable(noon + 90 * day + year);
      expect(await verdictOf("a")).toMatchObject({ host: null, state: "false-positive" });
    });
  });
}
