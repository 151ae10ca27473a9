import type { ChannelRequest, NotificationEvent, NotificationFacts, OwnChannelRequest } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OpenDatabase } from "../src/database/open-database.ts";
import { createChannelStore } from "../src/deliveries/channel-store.ts";
import { createDeliveryLog } from "../src/deliveries/delivery-log.ts";
import { createDeliveryQueue } from "../src/deliveries/delivery-queue.ts";
import type { Attempt } from "../src/deliveries/delivery-results.ts";
import { createOwnChannelStore } from "../src/deliveries/own-channel-store.ts";
import { recordNotification } from "../src/notifications/record-notification.ts";
import { createTargetDetailStore } from "../src/target-details/target-detail-store.ts";
import { recordNewOwners } from "../src/target-details/target-notifications.ts";
import {
  admin,
  type Bench,
  createBench,
  type DatabaseKind,
  noon,
  operator,
  present,
  ringOf,
} from "./database-bench.ts";

const act = { user: admin, requestId: "request-1" };
const minute = 60_000;
const hour = 3_600_000;
const accepted: Attempt = { outcome: "accepted", status: 204, startedAt: noon, durationMs: 5 };
const refused: Attempt = { ...accepted, outcome: "refused", status: 500 };

/** Promises of notifications and their messages, the same on both databases. */
export function describeNotifications(kind: DatabaseKind): void {
  let database: OpenDatabase;
  let bench: Bench;
  beforeAll(async () => {
    database = await kind.create();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    bench = await createBench(database);
  });

  const store = () => createChannelStore({ database, audit: bench.audit, ring: ringOf(1), internalReceivers: [] });
  const queue = () => createDeliveryQueue(database, bench.audit, () => 0.5);
  const make = async (change: Partial<ChannelRequest> = {}, at = noon): Promise<string> => {
    const request: ChannelRequest = {
      ...{ name: "team", kind: "webhook", receiver: "https://hooks.example.com/x", targets: null, language: "en" },
      events: ["job.finished", "submission.failed", "submission.review", "submission.missed", "budget.low"],
      ...{
        minimumSeverity: null,
        findingNames: false,
        tags: null,
        people: null,
        digest: "at-once",
        digestTime: "09:00",
        quietHours: null,
      },
      zone: "Asia/Seoul",
      ...change,
    };
    return (await store().create(request, at, act)).channel.id;
  };
  const happen = (subject: string, at = noon, facts: Partial<NotificationFacts> = {}) =>
    bench.transact((tx) =>
      recordNotification(tx, { event: "job.finished", subject, at, facts: { target: "shop.example.com", ...facts } }),
    );
  const queued = () => database.db.selectFrom("queued_notification").selectAll().execute();
  const take = async (at: number) => {
    await queue().compose(at);
    return queue().claim(at, []);
  };

  describe(`a notification (${kind.name})`, () => {
    it("is kept with its event or not at all, once for each event, and only where a channel wants it", async () => {
      await happen("0");
      expect(await database.db.selectFrom("notification").selectAll().execute()).toEqual([]);
      await make();
      await make({ targets: ["other.example.com"] });
      await expect(
        bench.transact(async (tx) => {
          await recordNotification(tx, { event: "job.finished", subject: "1", at: noon, facts: { target: null } });
          throw new Error("the event is undone");
        }),
      ).rejects.toThrow("undone");
      expect(await queued()).toEqual([]);
      await Promise.all([happen("1"), happen("1"), happen("1")]);
      await happen("2", noon, {});
      expect(await queued()).toHaveLength(2);
    });

    it("is kept for channels that want its target by a tag, as the tags are at that moment", async () => {
      await make({ tags: ["shop", "payment"] });
      await happen("1");
      const details = { service: null, owner: null, note: null };
      const described = createTargetDetailStore(database, bench.audit);
      const host = "shop.example.com";
      await described.describe({ host, description: { ...details, tags: ["payment"] } }, 0, noon, act);
      await happen("2");
      await described.describe({ host, description: { ...details, tags: ["office"] } }, 1, noon, act);
      await happen("3");
      const kept = await database.db.selectFrom("notification").select("identity").execute();
      expect(kept).toEqual([{ identity: "job.finished/2" }]);
    });

    it("tells the owner of a target, and once of many targets", async () => {
      const own = await make({ events: ["target.assigned"], people: ["Kim"] });
      await make({ events: ["target.assigned"], people: ["lee"] });
      const owners = (hosts: readonly string[], version: number) =>
        hosts.map((host) => ({ host, owner: "kim", version }));
      await bench.transact((tx) => recordNewOwners(tx, owners(["a.example.com"], 1), noon, "dev:lead"));
      await bench.transact((tx) =>
        recordNewOwners(tx, owners(["a.example.com", "b.example.com"], 2), noon, "dev:lead"),
      );
      const kept = await database.db.selectFrom("notification").select("facts").orderBy("identity").execute();
      expect(kept.map(({ facts }) => JSON.parse(facts))).toMatchObject([
        { event: "target.assigned", target: "a.example.com", people: ["kim"] },
        { event: "target.assigned", target: null, people: ["kim"], targets: 2 },
      ]);
      expect((await queued()).map(({ channel_id }) => channel_id)).toEqual([own, own]);
    });

    it("is not kept for channels that are younger than the event", async () => {
      await make({}, noon);
      await bench.transact((tx) =>
        recordNotification(tx, {
          event: "job.finished",
          subject: "1",
          at: noon,
          happenedAt: noon - 1,
          facts: { target: null },
        }),
      );
      expect(await queued()).toEqual([]);
    });

    it("comes with the final state of a submission, in the same transaction, and with a budget that runs low", async () => {
      await make();
      const outbox = bench.as("first", { budgets: { perDay: 1 } });
      const { id } = await bench.add();
      const claimed = present(await outbox.claim(noon));
      await outbox.abandonClaim(claimed, noon, { state: "FAILED", reason: { code: "160451", retryable: false } });
      expect((await bench.row(id)).state).toBe("FAILED");
      const kept = await database.db.selectFrom("notification").select("identity").orderBy("identity").execute();
      expect(kept.map(({ identity }) => identity.replace(/\/.*/, ""))).toEqual(["budget.low", "submission.failed"]);
    });
  });

  describe(`a person's own notifications (${kind.name})`, () => {
    const own = () => createOwnChannelStore({ database, audit: bench.audit, ring: ringOf(1), internalReceivers: [] });
    const settings: OwnChannelRequest = {
      ...{ receiver: "kim@example.com", names: ["Kim Minsu", "kim"], language: "ko", zone: "Asia/Seoul" },
      events: ["verdict.mentioned", "target.assigned", "job.finished"],
      ...{ digest: "at-once", digestTime: "09:00", quietHours: null },
    };
    const kim = { user: operator, requestId: "request-1" };

    it("are about the person or about targets that the person owns, and about nothing else", async () => {
      await own().save(settings, noon, kim);
      const described = createTargetDetailStore(database, bench.audit);
      const details = { tags: [], service: null, note: null };
      await described.describe({ host: "kim.example.com", description: { ...details, owner: "KIM" } }, 0, noon, act);
      await described.describe({ host: "lee.example.com", description: { ...details, owner: "lee" } }, 0, noon, act);
      const tell = (event: NotificationEvent, subject: string, facts: Omit<NotificationFacts, "event" | "at">) =>
        bench.transact((tx) => recordNotification(tx, { event, subject, at: noon, facts }));
      await tell("verdict.mentioned", "mine", { target: "lee.example.com", people: ["lee", "kim minsu"] });
      await tell("verdict.mentioned", "of another", { target: "kim.example.com", people: ["kimi"] });
      await tell("verdict.assigned", "not wanted", { target: null, people: ["kim"] });
      await tell("job.finished", "my target", { target: "kim.example.com" });
      await tell("job.finished", "another target", { target: "lee.example.com" });
      await tell("job.finished", "unknown target", { target: "new.example.com" });
      await tell("budget.low", "nobody", { target: null });
      const kept = await database.db.selectFrom("notification").select("identity").orderBy("identity").execute();
      expect(kept.map(({ identity }) => identity)).toEqual(["job.finished/my target", "verdict.mentioned/mine"]);
    });

    it("do not report what the person did, only what others did", async () => {
      await own().save(settings, noon, kim);
      const described = createTargetDetailStore(database, bench.audit, recordNewOwners);
      const description = { tags: [], service: null, note: null, owner: "kim" };
      await described.describe({ host: "own.example.com", description }, 0, noon, kim);
      const other = { user: { ...operator, id: "dev:lead" }, requestId: "request-2" };
      await described.describe({ host: "given.example.com", description }, 0, noon, other);
      const kept = await database.db.selectFrom("notification").select("identity").execute();
      expect(kept).toEqual([{ identity: "target.assigned/given.example.com/1" }]);
    });

    it("are one channel per person, which admins see, pause and remove, but do not change", async () => {
      await Promise.all([own().save(settings, noon, kim), own().save({ ...settings, language: "ja" }, noon, kim)]);
      await own().save({ ...settings, digest: "daily" }, noon, act);
      const listed = await store().list();
      expect(listed.map(({ owner, receiver, kind: how }) => [owner, receiver, how]).toSorted()).toEqual([
        ["admin", "kim@example.com", "email"],
        ["operator", "kim@example.com", "email"],
      ]);
      expect(await own().get(operator.id)).toMatchObject({ names: settings.names, state: "active", waiting: 0 });
      expect(await own().get("dev:viewer")).toBeNull();
      const { id } = present(listed.find(({ owner }) => owner === "operator"));
      const change = { ...present(listed[0]), receiver: undefined, name: "x" };
      await expect(store().update(id, change, noon, act)).rejects.toMatchObject({ code: "CHANNEL_NOT_FOUND" });
      await store().pause(id, noon, act);
      expect(await own().get(operator.id)).toMatchObject({ state: "paused", pausedBecause: "person" });
      expect(await own().resume(noon, kim)).toMatchObject({ state: "active" });
      await store().remove(id, noon, act);
      expect(await own().get(operator.id)).toBeNull();
      await expect(own().remove(noon, kim)).rejects.toMatchObject({ code: "CHANNEL_NOT_FOUND" });
      expect(await bench.actions()).toEqual(expect.arrayContaining(["ownChannel.save done", "ownChannel.resume done"]));
    });

    it("are sent again to another address after the first one failed for good", async () => {
      await own().save(settings, noon, kim);
      const mention = { target: null, people: ["kim"] };
      await bench.transact((tx) =>
        recordNotification(tx, { event: "verdict.mentioned", subject: "1", at: noon, facts: mention }),
      );
      await queue().noteFailed(present(await take(noon)), { ...refused, outcome: "gone", status: 550 }, noon);
      expect(await own().save(settings, noon, kim)).toMatchObject({ state: "paused", waiting: 1 });
      expect(await own().save({ ...settings, receiver: "k@example.com" }, noon, kim)).toMatchObject({
        state: "active",
      });
      expect(present(await take(noon)).channel.receiver).toBe("k@example.com");
    });
  });

  describe(`a message (${kind.name})`, () => {
    it("is made and claimed once, however many processes look", async () => {
      await make();
      await happen("1");
      await Promise.all([queue().compose(noon), queue().compose(noon)]);
      const claims = await Promise.all([queue().claim(noon, []), queue().claim(noon, [])]);
      expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
      expect(await database.db.selectFrom("delivery").selectAll().execute()).toHaveLength(1);
    });

    it("of a process that has died is taken over with its id after the lease, and the dead one changes nothing more", async () => {
      await make();
      await happen("1");
      const first = present(await take(noon));
      expect(await take(noon + minute - 1)).toBeNull();
      const second = present(await take(noon + minute));
      expect(second.delivery.id).toBe(first.delivery.id);
      await queue().noteFailed(first, refused, noon + minute);
      await queue().noteDelivered(second, accepted, noon + minute);
      await queue().noteDelivered(first, accepted, noon + 2 * minute);
      const row = await database.db.selectFrom("delivery").selectAll().executeTakeFirstOrThrow();
      expect(row).toMatchObject({ state: "delivered", attempts: 1, settled_at: noon + minute });
    });

    it("holds a thousand notifications of an hour as one digest, at the time of the digest", async () => {
      await make({ digest: "hourly" });
      for (let index = 0; index < 1000; index += 100) {
        await bench.transact(async (tx) => {
          for (let each = index; each < index + 100; each += 1) {
            const facts = { target: "shop.example.com" };
            await recordNotification(tx, {
              event: "job.finished",
              subject: String(each),
              at: noon + each * 3_000,
              facts,
            });
          }
        });
      }
      expect(await take(noon + hour - 1)).toBeNull();
      const { delivery } = present(await take(noon + hour));
      expect(delivery).toMatchObject({ kind: "digest", notifications: 1000 });
      const { notifications, total } = await queue().content(delivery.id, 50);
      expect([notifications.length, total]).toEqual([50, 1000]);
      expect(await queue().claim(noon + hour, [])).toBeNull();
    });

    it("comes later after each failure and holds back its channel alone; in the end the channel is paused and says so", async () => {
      const id = await make();
      const other = await make();
      await happen("1");
      let at = noon;
      let attempts = 0;
      for (; ; attempts += 1) {
        await queue().compose(at);
        const claim = await queue().claim(at, [other]);
        if (claim === null) break;
        await queue().noteFailed(claim, refused, at);
        expect(await queue().claim(at, [other])).toBeNull();
        const { blocked_until } = await database.db
          .selectFrom("channel")
          .selectAll()
          .where("id", "=", id)
          .executeTakeFirstOrThrow();
        at = blocked_until;
      }
      expect(attempts).toBe(15);
      expect(at - noon).toBeGreaterThan(6 * hour);
      const channels = await store().list();
      expect(channels.find((one) => one.id === id)).toMatchObject({
        ...{ state: "paused", pausedBecause: "failures", failures: 15, waiting: 1 },
      });
      expect(await bench.actions()).toContain("channel.pause done");
      expect(present(await take(at)).channel.id).toBe(other);
      // Events that happen meanwhile wait; all are sent after resuming.
      await happen("2", at);
      await happen("3", at);
      await store().resume(id, at, act);
      await queue().compose(at);
      const rows = await database.db.selectFrom("delivery").selectAll().where("channel_id", "=", id).execute();
      expect(rows.map(({ notifications }) => notifications).toSorted()).toEqual([1, 2]);
      expect(rows.every(({ next_at }) => next_at === at)).toBe(true);
    });

    it("pauses its channel at once when the receiver is gone, and loses nothing", async () => {
      const id = await make();
      await happen("1");
      await queue().noteFailed(present(await take(noon)), { ...refused, outcome: "gone", status: 410 }, noon);
      expect((await store().list())[0]).toMatchObject({ pausedBecause: "gone", waiting: 1 });
      expect(await take(noon + 30 * hour)).toBeNull();
      await store().resume(id, noon + hour, act);
      expect(await take(noon + hour)).not.toBeNull();
    });

    it("that waits moves with the times of its channel, and is not lost by a pause in between", async () => {
      const id = await make({ digest: "weekly" });
      const settings = { name: "team", targets: null, tags: null, people: null, minimumSeverity: null } as const;
      const times = { digestTime: "09:00", zone: "Asia/Seoul", findingNames: false, language: "en" } as const;
      const change = (digest: ChannelRequest["digest"], at: number, quietHours: ChannelRequest["quietHours"] = null) =>
        store().update(id, { ...settings, ...times, events: ["job.finished"], digest, quietHours }, at, act);
      const dueAt = async () => Number((await queued())[0]?.due_at);
      await happen("1");
      await happen("2", noon + minute);
      const weekly = await dueAt();
      await change("weekly", noon + hour);
      expect(await dueAt()).toBe(weekly);
      await change("hourly", noon + 2 * minute);
      expect(await dueAt()).toBe(noon + hour);
      await change("at-once", noon + 3 * minute, { from: "00:00", to: "23:00" });
      expect(await dueAt()).toBeGreaterThan(noon + hour);
      await store().pause(id, noon + 4 * minute, act);
      await change("at-once", noon + 5 * minute);
      expect(await take(noon + 6 * minute)).toBeNull();
      await store().resume(id, noon + 7 * minute, act);
      expect(present(await take(noon + 7 * minute)).delivery).toMatchObject({ kind: "digest", notifications: 2 });
      expect(await store().list()).toMatchObject([{ waiting: 2 }]);
    });

    it("of long ago is kept while it is sent again", async () => {
      await make();
      await happen("1");
      const log = createDeliveryLog(database, bench.audit);
      const claim = present(await take(noon));
      const { delivery } = claim;
      const day = 24 * hour;
      await queue().noteFailed(claim, refused, noon);
      const late = noon + 89 * day;
      await log.replay(delivery.id, late, act);
      await queue().sweep(late + 2 * day);
      const again = present(await queue().claim(late + 2 * day, []));
      expect(again.delivery.id).toBe(delivery.id);
      expect(await queue().content(delivery.id, 50)).toMatchObject({
        total: 1,
        notifications: [{ event: "job.finished" }],
      });
      await queue().sweep(late + 90 * day);
      expect(await database.db.selectFrom("delivery").selectAll().execute()).toEqual([]);
      expect(await queued()).toEqual([]);
    });

    it("leaves nothing behind once its time is over or its channel is deleted", async () => {
      const id = await make();
      await happen("1");
      await queue().noteDelivered(present(await take(noon)), accepted, noon);
      await happen("2", noon + hour);
      await queue().sweep(noon + 31 * 24 * hour);
      expect(await database.db.selectFrom("delivery").selectAll().execute()).toEqual([]);
      expect(await queued()).toHaveLength(1);
      await store().remove(id, noon, act);
      await queue().sweep(noon + 31 * 24 * hour);
      expect(await queued()).toEqual([]);
      expect(await database.db.selectFrom("notification").selectAll().execute()).toEqual([]);
    });
  });
}
