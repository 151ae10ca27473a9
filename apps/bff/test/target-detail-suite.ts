import type { TargetDescription } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAuditChain } from "../src/audit/audit-chain.ts";
import type { OpenDatabase } from "../src/database/open-database.ts";
import { createTargetDetailStore, type TargetDetailStore } from "../src/target-details/target-detail-store.ts";
import type { ImportRow } from "../src/target-details/target-file.ts";
import { admin, type DatabaseKind, empty, noon, operator, ringOf } from "./database-bench.ts";

const host = "shop.example.com";
const description: TargetDescription = {
  tags: ["pci", "shop"],
  owner: "kim",
  service: "Shop",
  note: "At night.\nOnly.",
};
const nothing: TargetDescription = { tags: [], owner: null, service: null, note: null };

/** Promises of target details, the same on both databases. */
export function describeTargetDetails(kind: DatabaseKind): void {
  let database: OpenDatabase;
  let store: TargetDetailStore;
  beforeAll(async () => {
    database = await kind.create();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await empty(database);
    store = createTargetDetailStore(database, await openAuditChain(database.db, ringOf(1)));
  });

  const say = (said: TargetDescription, version: number, user = operator, at = noon) =>
    store.describe({ host, description: said }, version, at, { user, requestId: "request-1" });
  const entries = async () => {
    const rows = await database.db.selectFrom("audit").select("entry").orderBy("seq").execute();
    return rows.map(({ entry }) => JSON.parse(entry));
  };

  describe(`what people say about targets (${kind.name})`, () => {
    it("is kept with who said it, and every change is in the audit log without its text", async () => {
      await say(description, 0);
      const second = { ...description, owner: null };
      expect(await say(second, 1, admin, noon + 1_000)).toEqual({
        ...{ ...second, version: 2, updatedBy: "admin", updatedAt: new Date(noon + 1_000).toISOString() },
      });
      expect(await store.all()).toEqual(new Map([[host, expect.objectContaining({ ...second, version: 2 })]]));
      expect(await entries()).toMatchObject([
        { action: "target.describe", object: `target/${host}`, details: { changed: "tags owner service note" } },
        { action: "target.describe", actor: "dev:admin", target: host, details: { changed: "owner" } },
      ]);
      expect(JSON.stringify(await entries())).not.toMatch(/At night|kim|pci/);
    });

    it("is never overwritten unseen: one of two who saw the same wins, the other is told", async () => {
      for (const [seen, rounds] of [
        [0, [description, nothing]],
        [
          1,
          [
            { ...description, owner: "lee" },
            { ...description, owner: "park" },
          ],
        ],
      ] as const) {
        const results = await Promise.allSettled(rounds.map((said) => say(said, seen)));
        expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
        expect(results.find(({ status }) => status === "rejected")).toMatchObject({
          reason: { code: "TARGET_CHANGED" },
        });
      }
      await expect(say(description, 7)).rejects.toMatchObject({ code: "TARGET_CHANGED" });
      expect((await store.all()).get(host)?.version).toBe(2);
    });

    it("tells a new owner once, also for many targets of an import, and nobody of the same owner or a dry run", async () => {
      const told: [string, string[]][] = [];
      const audit = await openAuditChain(database.db, ringOf(1));
      store = createTargetDetailStore(database, audit, async (_, assigned) => {
        for (const [owner, targets] of Map.groupBy(assigned, (one) => one.owner))
          told.push([owner, targets.map((one) => `${one.host} ${one.version}`)]);
      });
      const act = { user: operator, requestId: "request-1" };
      await say(description, 0);
      await say({ ...description, note: null }, 1);
      await say({ ...description, owner: null }, 2);
      const row = (line: number, name: string, owner: string | null): ImportRow => ({
        ...{ line, host: `${name}.example.com`, described: { owner }, wrong: [] },
      });
      const rows = [row(2, "shop", "lee"), row(3, "a", "kim"), row(4, "b", "kim"), row(5, "c", null)];
      await store.importRows(rows, true, noon, act);
      await store.importRows(rows, false, noon, act);
      await store.importRows(rows, false, noon, act);
      expect(told).toEqual([
        ["kim", ["shop.example.com 1"]],
        ["lee", ["shop.example.com 4"]],
        ["kim", ["a.example.com 1", "b.example.com 1"]],
      ]);
    });

    it("makes no version and no entry when nothing is different, and is gone once it is removed", async () => {
      await say(description, 0);
      expect(await say({ ...description, tags: [...description.tags] }, 1)).toMatchObject({ version: 1 });
      expect(await entries()).toHaveLength(1);
      const act = { user: operator, requestId: "request-2" };
      expect(await store.remove(host, noon, act)).toBe(true);
      expect(await store.remove(host, noon, act)).toBe(false);
      expect((await store.all()).size).toBe(0);
      expect((await entries()).map(({ action }) => action)).toEqual(["target.describe", "target.removeDetails"]);
    });
  });
}
