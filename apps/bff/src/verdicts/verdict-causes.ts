import type { EffectiveVerdict } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import type { Database, VerdictRow } from "../database/schema.ts";
import { addEvent } from "./verdict-changes.ts";

/** What happened to a verdict, for whoever tells people. `ended`: an accepted risk is open again. `assigned`: it has an owner. */
export interface VerdictNews {
  readonly kind: "ended" | "assigned" | "came-back";
  readonly id: string;
  readonly host: string | null;
  readonly owner: string | null;
}
/** Called within the transaction of the event. */
export type TellVerdictNews = (tx: Transaction<Database>, news: VerdictNews) => Promise<void>;

/** What writing down needs. */
export interface CauseParts {
  readonly audit: AuditChain;
  readonly tell?: TellVerdictNews;
}

/** Writes down, once, why a row now holds another verdict; the row has been updated. */
export async function noteCause(
  { audit, tell }: CauseParts,
  tx: Transaction<Database>,
  row: VerdictRow,
  { cause }: EffectiveVerdict,
  instanceNo: string | null,
  at: number,
): Promise<void> {
  if (cause !== "came-back" && cause !== "confirmed" && cause !== "acceptance-ended") return;
  await addEvent(tx, row, { kind: cause, at, actor: null, name: null, instance_no: instanceNo, content: {} });
  await audit.append(tx, {
    ...{ at, actor: "system", action: cause === "acceptance-ended" ? "verdict.end" : "verdict.observe" },
    ...{ object: `verdict/${row.id}`, result: "done" },
    ...(row.target === null ? {} : { target: row.target }),
    details: { cause, ...(instanceNo === null ? {} : { instanceNo }) },
  });
  if (cause === "confirmed") return;
  const kind = cause === "came-back" ? cause : "ended";
  await tell?.(tx, { kind, id: row.id, host: row.target, owner: row.owner });
}
