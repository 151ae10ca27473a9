import type { AuditChain } from "../audit/audit-chain.ts";
import { actedBy } from "../audit/audit-event.ts";
import type { User } from "../identity/identity.ts";
import type { Tx } from "./records.ts";

export type ResendBlock = ReturnType<typeof createResendBlock>;

/** Whether an attempt proven absent may be sent again: not while the account's memos are known to lose their token. */
export function createResendBlock(audit: AuditChain) {
  return {
    async blockedBy(tx: Tx): Promise<string | null> {
      const gate = await tx.selectFrom("gate").select("code").where("name", "=", "resend").executeTakeFirstOrThrow();
      return gate.code;
    },

    /** Stays until an admin lifts it. `object` is what showed that memos lose their token. */
    async set(tx: Tx, at: number, object: string): Promise<void> {
      const code = "MEMO_CUT";
      const { numUpdatedRows } = await tx
        .updateTable("gate")
        .set({ code })
        .where("name", "=", "resend")
        .where("code", "is", null)
        .executeTakeFirst();
      if (numUpdatedRows === 1n)
        await audit.append(tx, {
          at,
          actor: "system",
          action: "resend.block",
          object,
          result: "done",
          details: { code },
        });
    },

    async lift(tx: Tx, at: number, user: User, requestId: string): Promise<void> {
      await tx.updateTable("gate").set({ code: null }).where("name", "=", "resend").execute();
      await audit.append(tx, {
        at,
        ...actedBy(user),
        action: "resend.allow",
        object: "gate/resend",
        result: "done",
        requestId,
      });
    },
  };
}
