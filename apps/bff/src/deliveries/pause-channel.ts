import type { AuditAction, PauseReason } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import type { AuditEvent } from "../audit/audit-event.ts";
import type { ChannelRow, Database } from "../database/schema.ts";

type Tx = Transaction<Database>;
export type ChannelActor = Pick<AuditEvent, "actor" | "name" | "roles" | "requestId">;

/** Appends an audit entry for an action on a channel, without its receiver. */
export function appendChannelAct(
  tx: Tx,
  audit: AuditChain,
  { id, name, kind }: Pick<ChannelRow, "id" | "name" | "kind">,
  action: AuditAction,
  at: number,
  by: ChannelActor = { actor: "system" },
  details: AuditEvent["details"] = {},
): Promise<void> {
  const entry = { ...by, at, action, object: `channel/${id}`, result: "done" } as const;
  return audit.append(tx, { ...entry, details: { name, kind, ...details } });
}

/** Pauses a channel: nothing is sent, and new notifications wait. */
export async function pauseChannel(
  tx: Tx,
  audit: AuditChain,
  channel: Pick<ChannelRow, "id" | "name" | "kind">,
  reason: PauseReason,
  at: number,
  by?: ChannelActor,
): Promise<void> {
  await tx.updateTable("channel").set({ paused_because: reason }).where("id", "=", channel.id).execute();
  // Keeps waiting messages out of the queue's queries.
  await tx
    .updateTable("delivery")
    .set({ next_at: null })
    .where("channel_id", "=", channel.id)
    .where("state", "=", "waiting")
    .execute();
  await appendChannelAct(tx, audit, channel, "channel.pause", at, by, { reason });
}
