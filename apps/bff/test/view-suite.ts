import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAuditChain } from "../src/audit/audit-chain.ts";
import type { OpenDatabase } from "../src/database/open-database.ts";
import type { User } from "../src/identity/identity.ts";
import { createViewStore, type ViewStore } from "../src/views/view-store.ts";
import { admin, type DatabaseKind, empty, noon, operator, ringOf } from "./database-bench.ts";

const viewer: User = { id: "dev:viewer", name: "viewer", roles: ["viewer"] };
const content = { name: "Shop", search: { tag: "shop", show: "high" } };

/** Promises of saved views, the same on both databases. */
export function describeViews(kind: DatabaseKind): void {
  let database: OpenDatabase;
  let store: ViewStore;
  beforeAll(async () => {
    database = await kind.create();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await empty(database);
    store = createViewStore(database, await openAuditChain(database.db, ringOf(1)));
  });

  const act = (user: User) => ({ user, requestId: "request-1" });
  const save = (user: User, name = content.name, list: "jobs" | "targets" = "targets") =>
    store.create(list, { ...content, name }, noon, act(user));
  const seenBy = async (user: User) => (await store.list(user, undefined)).map(({ name }) => name);
  const actions = async () => {
    const rows = await database.db.selectFrom("audit").select("entry").orderBy("seq").execute();
    return rows.map(({ entry }) => JSON.parse(entry).action);
  };

  describe(`saved views (${kind.name})`, () => {
    it("are seen by their owner alone until they are shared, then by everybody, who cannot change them", async () => {
      const { id } = await save(operator);
      for (const user of [viewer, admin]) {
        expect(await seenBy(user)).toEqual([]);
        for (const attempt of [
          () => store.update(id, content, 1, noon, act(user)),
          () => store.share(id, true, noon, act(user)),
          () => store.remove(id, noon, act(user)),
          () => store.setDefault("targets", id, user),
        ]) {
          await expect(attempt()).rejects.toMatchObject({ code: "VIEW_NOT_FOUND" });
        }
      }
      expect(await store.share(id, true, noon, act(operator))).toMatchObject({
        isShared: true,
        isOwn: true,
        version: 2,
      });
      expect(await store.list(viewer, "targets")).toMatchObject([
        { ...content, id, isShared: true, isOwn: false, owner: "operator", isDefault: false },
      ]);
      expect(await store.list(viewer, "jobs")).toEqual([]);
      await expect(store.update(id, content, 2, noon, act(viewer))).rejects.toMatchObject({ code: "ROLE_FORBIDDEN" });
      await expect(store.remove(id, noon, act(viewer))).rejects.toMatchObject({ code: "ROLE_FORBIDDEN" });
      expect(await store.update(id, { ...content, name: "New" }, 2, noon, act(admin))).toMatchObject({ name: "New" });
      await store.share(id, false, noon, act(admin));
      expect(await seenBy(viewer)).toEqual([]);
      expect(await seenBy(operator)).toEqual(["New"]);
      expect(await actions()).toEqual(["view.create", "view.share", "view.update", "view.share"]);
    });

    it("open a list for the person who chose them, one at a time, and for nobody once they are gone", async () => {
      const [first, second, ofJobs] = [
        await save(operator, "a"),
        await save(operator, "b"),
        await save(operator, "c", "jobs"),
      ];
      await store.share(first.id, true, noon, act(operator));
      await store.setDefault("targets", second.id, operator);
      await store.setDefault("targets", first.id, operator);
      await store.setDefault("jobs", ofJobs.id, operator);
      await store.setDefault("targets", first.id, viewer);
      await expect(store.setDefault("jobs", first.id, operator)).rejects.toMatchObject({ code: "VIEW_NOT_FOUND" });
      const defaults = async (user: User) =>
        (await store.list(user, undefined)).flatMap(({ name, isDefault }) => (isDefault ? [name] : []));
      expect(await defaults(operator)).toEqual(["a", "c"]);
      expect(await defaults(viewer)).toEqual(["a"]);
      await store.setDefault("targets", null, operator);
      await store.remove(first.id, noon, act(operator));
      expect([await defaults(operator), await defaults(viewer)]).toEqual([["c"], []]);
      expect(await database.db.selectFrom("default_view").selectAll().execute()).toHaveLength(1);
    });

    it("are never overwritten unseen, and no more are kept of a person than one may have", async () => {
      const { id } = await save(operator, "0");
      const results = await Promise.allSettled(
        ["x", "y"].map((name) => store.update(id, { ...content, name }, 1, noon, act(operator))),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "VIEW_CHANGED" } });
      const { owner_id, ...others } = await database.db
        .selectFrom("saved_view")
        .selectAll()
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      const more = Array.from({ length: 99 }, (_, index) => ({ ...others, owner_id, id: `view-${index}` }));
      await database.db.insertInto("saved_view").values(more).execute();
      await expect(save(operator, "more")).rejects.toMatchObject({ code: "VIEWS_EXHAUSTED" });
      await save(viewer, "of another");
    });
  });
}
