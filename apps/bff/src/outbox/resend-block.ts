import { compareMemo, type FactFinding, judgeMemoKept, memoGap, memoLengthOf } from "@wsc-dashboard/wsc-core";
import type { AuditChain } from "../audit/audit-chain.ts";
import { actedBy } from "../audit/audit-event.ts";
import { contradictedBy, forgetFact, readFact, writeFact } from "../gateway-facts/fact-rows.ts";
import type { User } from "../identity/identity.ts";
import type { Tx } from "./records.ts";

/** Why all automatic resending is blocked until an admin allows it; `null` when no memo was ever seen cut. */
async function closedBy(tx: Tx): Promise<string | null> {
  const lock = await tx.selectFrom("send_lock").select("code").where("name", "=", "resend").executeTakeFirstOrThrow();
  return lock.code;
}

export type ResendBlock = ReturnType<typeof createResendBlock>;

/**
 * Whether an attempt proven absent may be resent: only while the account is known to keep memos whole, because a job is
 * identified by its memo (docs/decisions/0012). Until that is known, and once a memo was not kept, a person decides.
 */
export function createResendBlock(audit: AuditChain) {
  /** Blocks until an admin lifts it. `object` names what showed that memos are not kept. */
  async function block(tx: Tx, at: number, object: string): Promise<void> {
    const code = "MEMO_CUT";
    const { numUpdatedRows } = await tx
      .updateTable("send_lock")
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
  }

  async function refute(tx: Tx, at: number, object: string, finding: FactFinding): Promise<void> {
    const known = await readFact(tx, "memo-kept");
    await writeFact(tx, "memo-kept", finding, { at, source: "job", earlier: contradictedBy(known, finding) });
    await block(tx, at, object);
  }

  return {
    closedBy,

    /** Why the absence of this memo proves nothing; `null` when it does prove it. */
    blockedBy: async (tx: Tx, wireMemo: string): Promise<string | null> =>
      (await closedBy(tx)) ?? memoGap(await readFact(tx, "memo-kept"), memoLengthOf(wireMemo)),

    /** Learns from the memo of one of our jobs whether memos are kept. `object` names the job. */
    async noteMemo(tx: Tx, at: number, object: string, sent: string, kept: string): Promise<void> {
      const finding = judgeMemoKept(await readFact(tx, "memo-kept"), compareMemo(sent, kept));
      if (finding?.state === "refuted") await refute(tx, at, object, finding);
      else if (finding !== null) await writeFact(tx, "memo-kept", finding, { at, source: "job" });
    },

    /** Records that a job which the upstream accepted is in no list. */
    noteLostMemo: (tx: Tx, at: number, object: string): Promise<void> =>
      refute(tx, at, object, { state: "refuted", value: "lost", measure: null }),

    /** Lifts the block and forgets what was known of memos: the next memo that is seen whole proves it again. */
    async lift(tx: Tx, at: number, user: User, requestId: string): Promise<void> {
      await tx.updateTable("send_lock").set({ code: null }).where("name", "=", "resend").execute();
      await forgetFact(tx, "memo-kept");
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
