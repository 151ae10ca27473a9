import { createHmac, timingSafeEqual } from "node:crypto";
import type { Transaction } from "kysely";
import type { KeyRing } from "../store/keys.ts";
import { type NamedKey, openAllNamedKeys, openNamedKey } from "../store/named-keys.ts";
import type { Store } from "../store/open-store.ts";
import type { Database } from "../store/schema.ts";

/** What is kept of an act. Never holds a secret: only words, ids and codes. */
export interface AuditEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  /** intent: written before the effect, so that an effect without an entry cannot be. */
  readonly result: "intent" | "done" | "refused" | "failed";
  readonly requestId?: string;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

const genesis = "0".repeat(64);
const pageSize = 1000;

const mac = (key: Buffer, text: string): string => createHmac("sha256", key).update(text).digest("hex");
// The mark of the head that an entry was put on is part of its link: whoever cuts the end off and sets the head back without
// the key is found out even after the server has gone on writing.
const linkOf = (key: Buffer, previous: string, mark: string, seq: number, entry: string): string =>
  mac(key, `link\n${previous}\n${mark}\n${seq}\n${entry}`);
const headMarkOf = (key: Buffer, seq: number, hash: string): string => mac(key, `head\n${seq}\n${hash}`);
const isSame = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

export interface AuditChain {
  /** Appends within the caller's transaction: the act and its entry are kept together or not at all. */
  append(transaction: Transaction<Database>, event: AuditEvent): Promise<void>;
}

/** An empty chain has a marked head as well, or one that was emptied would look new. */
async function openKey(transaction: Transaction<Database>, ring: KeyRing): Promise<NamedKey> {
  const head = await transaction.selectFrom("audit_head").selectAll().executeTakeFirst();
  const known = await transaction.selectFrom("key").select("name").where("name", "like", "audit/%").execute();
  const key = await openNamedKey(transaction, ring, "audit");
  const isLost = known.some(({ name }) => name === head?.key_name) && key.name !== head?.key_name;
  if (head?.seq === 0 && (known.length === 0 || isLost)) {
    await transaction
      .updateTable("audit_head")
      .set({ key_name: key.name, mark: headMarkOf(key.bytes, 0, genesis) })
      .where("seq", "=", 0)
      .execute();
  }
  return key;
}

/** Opens the chain for writing. */
export async function openAuditChain(db: Store, ring: KeyRing): Promise<AuditChain> {
  const key = await db.transaction().execute((transaction) => openKey(transaction, ring));
  return {
    async append(transaction, event) {
      // This row is what replicas queue up at, or two of them would write the same link.
      const head = await transaction
        .updateTable("audit_head")
        .set((row) => ({ seq: row("seq", "+", 1) }))
        .returningAll()
        .executeTakeFirstOrThrow();
      const entry = JSON.stringify(event);
      const hash = linkOf(key.bytes, head.hash ?? genesis, head.mark ?? "", head.seq, entry);
      await transaction.insertInto("audit").values({ seq: head.seq, key_name: key.name, entry, hash }).execute();
      await transaction
        .updateTable("audit_head")
        .set({ hash, key_name: key.name, mark: headMarkOf(key.bytes, head.seq, hash) })
        .execute();
    },
  };
}

export type AuditVerdict =
  | { readonly intact: true; readonly entries: number; readonly head: string }
  | { readonly intact: false; readonly entries: number; readonly brokenAt: number; readonly why: string };

/** Follows every link from the first entry to the head. Reads only; may run beside the server. */
export async function verifyAuditChain(db: Store, ring: KeyRing): Promise<AuditVerdict> {
  let previous = genesis;
  let seq = 0;
  const broken = (at: number, why: string): AuditVerdict => ({ intact: false, entries: seq, brokenAt: at, why });
  // One snapshot: the server goes on writing meanwhile.
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (snapshot) => {
      const keys = await openAllNamedKeys(snapshot, ring, "audit");
      let mark: string | null = null;
      const head = await snapshot.selectFrom("audit_head").selectAll().executeTakeFirst();
      for (;;) {
        const rows = await snapshot
          .selectFrom("audit")
          .selectAll()
          .where("seq", ">", seq)
          .orderBy("seq")
          .limit(pageSize)
          .execute();
        for (const row of rows) {
          if (row.seq !== seq + 1) return broken(seq + 1, "an entry is missing");
          const key = keys.get(row.key_name);
          if (key === undefined) return broken(row.seq, "no encryption key opens the key of this entry");
          mark ??= headMarkOf(key, 0, genesis);
          if (!isSame(row.hash, linkOf(key, previous, mark, row.seq, row.entry))) {
            return broken(row.seq, "the entry was changed, moved or put in, or entries before it were cut off");
          }
          previous = row.hash;
          mark = headMarkOf(key, row.seq, row.hash);
          seq = row.seq;
        }
        if (rows.length < pageSize) break;
      }
      if (head === undefined) return broken(seq + 1, "the head is missing");
      if (seq === 0 && head.seq === 0 && head.mark === null && keys.size === 0) {
        return { intact: true, entries: 0, head: previous };
      }
      const key = keys.get(head.key_name ?? "");
      const isHead = key !== undefined && head.seq === seq && isSame(head.mark ?? "", headMarkOf(key, seq, previous));
      return isHead
        ? { intact: true, entries: seq, head: previous }
        : broken(seq + 1, "the end was cut off or the head was changed");
    });
}
