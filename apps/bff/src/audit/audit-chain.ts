import { createSecretKey } from "node:crypto";
import type { Transaction } from "kysely";
import type { KeyRing } from "../database/keys.ts";
import { type NamedKey, openNamedKey } from "../database/named-keys.ts";
import type { DatabaseClient } from "../database/open-database.ts";
import type { Database } from "../database/schema.ts";
import type { AuditEvent } from "./audit-event.ts";
import { genesis, headMarkOf, linkOf } from "./audit-links.ts";

export interface AuditChain {
  /** Appends in the caller's transaction, so that the action and its entry are committed together or not at all. */
  append(transaction: Transaction<Database>, event: AuditEvent): Promise<void>;
}

/** Opens the audit key. The head of an empty chain has a mark as well; otherwise an emptied chain would look new. */
async function openKey(transaction: Transaction<Database>, ring: KeyRing): Promise<NamedKey> {
  const head = await transaction.selectFrom("audit_head").selectAll().executeTakeFirst();
  const known = await transaction.selectFrom("key").select("name").where("name", "like", "audit/%").execute();
  const key = await openNamedKey(transaction, ring, "audit");
  const isLost = known.some(({ name }) => name === head?.key_name) && key.name !== head?.key_name;
  if (head?.seq === 0 && (known.length === 0 || isLost)) {
    await transaction
      .updateTable("audit_head")
      .set({ key_name: key.name, mark: headMarkOf(createSecretKey(key.bytes), 0, genesis) })
      .where("seq", "=", 0)
      .execute();
  }
  return key;
}

/** Opens the chain for writing. */
export async function openAuditChain(db: DatabaseClient, ring: KeyRing): Promise<AuditChain> {
  const key = await db.transaction().execute((transaction) => openKey(transaction, ring));
  const secret = createSecretKey(key.bytes);
  return {
    async append(transaction, event) {
      // The row lock serializes replicas; without it two of them would write the same link.
      const head = await transaction
        .updateTable("audit_head")
        .set((row) => ({ seq: row("seq", "+", 1) }))
        .returningAll()
        .executeTakeFirstOrThrow();
      const entry = JSON.stringify(event);
      const hash = linkOf(secret, head.hash ?? genesis, head.mark ?? "", head.seq, entry);
      await transaction.insertInto("audit").values({ seq: head.seq, key_name: key.name, entry, hash }).execute();
      await transaction
        .updateTable("audit_head")
        .set({ hash, key_name: key.name, mark: headMarkOf(secret, head.seq, hash) })
        .execute();
    },
  };
}
