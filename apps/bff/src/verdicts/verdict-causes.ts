import type { EffectiveVerdict } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import type { Database, VerdictRow } from "../database/schema.ts";
import { addEvent } from "./verdict-changes.ts";

/** An event of a verdict for notifications. `ended`: an accepted risk is open again. `assigned`: it has an owner. */
export interface VerdictNews {
  readonly kind: "ended" | "assigned" | "came-back" | "mentioned";
  readonly id: string;
  /** Number of its entry in the history of the finding. */
  readonly place: number;
  readonly host: string | null;
  /** The owner, the mentioned people, or who made the previous decision. */
  readonly people: readonly string[];
}
/** Called within the transaction of the events, with all events of the transaction and the person who caused them, if any. */
export type TellVerdictNews = (
  tx: Transaction<Database>,
  news: readonly VerdictNews[],
  at: number,
  actorId?: string,
) => Promise<void>;

/** Dependencies for recording causes. */
export interface CauseParts {
  readonly audit: AuditChain;
  readonly tell?: TellVerdictNews;
}

/** Records once why an updated row has another effective verdict. Returns the notifications of it, if any. */
async function noteCause(
  { audit }: CauseParts,
  tx: Transaction<Database>,
  row: VerdictRow,
  { cause }: EffectiveVerdict,
  instanceNo: string | null,
  at: number,
): Promise<VerdictNews[]> {
  if (cause !== "came-back" && cause !== "confirmed" && cause !== "acceptance-ended") return [];
  await addEvent(tx, row, { kind: cause, at, actor: null, name: null, instance_no: instanceNo, content: {} });
  await audit.append(tx, {
    ...{ at, actor: "system", action: cause === "acceptance-ended" ? "verdict.end" : "verdict.observe" },
    ...{ object: `verdict/${row.id}`, result: "done" },
    ...(row.target === null ? {} : { target: row.target }),
    details: { cause, ...(instanceNo === null ? {} : { instanceNo }) },
  });
  if (cause === "confirmed") return [];
  const kind = cause === "came-back" ? cause : "ended";
  return [{ kind, id: row.id, place: row.events, host: row.target, people: [row.decided_name] }];
}

/** Records once why rows have other effective verdicts, and notifies people. */
export async function noteCauses(
  parts: CauseParts,
  tx: Transaction<Database>,
  changed: readonly { readonly row: VerdictRow; readonly effective: EffectiveVerdict }[],
  instanceNo: string | null,
  at: number,
): Promise<void> {
  const news: VerdictNews[] = [];
  for (const { row, effective } of changed) news.push(...(await noteCause(parts, tx, row, effective, instanceNo, at)));
  if (news.length > 0) await parts.tell?.(tx, news, at);
}
