import { type Decision, limits, type VerdictChange, WscError } from "@wsc-dashboard/wsc-core";
import { type Kysely, sql } from "kysely";
import type { Actor } from "../audit/audit-event.ts";
import type { Database, VerdictEventTable, VerdictRow } from "../database/schema.ts";
import { type Sighting, sightingColumns } from "./verdict-rows.ts";

type Client = Kysely<Database>;

/** The part of a change that is the same for all findings of a call. */
export interface Change {
  readonly change: VerdictChange;
  /** End of the acceptance in milliseconds; `null` for other changes. */
  readonly endsAt: number | null;
  readonly at: number;
  readonly user: Actor;
}

/** A finding to change, with the row version that the person saw. */
export interface ChangedFinding {
  readonly id: string;
  readonly host: string | null;
  readonly version: number;
  /** The occurrence in a report; `null` when no report was named. */
  readonly sighting: Sighting | null;
}

export type ChangeResult =
  | { readonly row: VerdictRow; readonly code: null }
  | { readonly row: VerdictRow | undefined; readonly code: string };

function decisionColumns(decision: Decision, { endsAt, at, user }: Change) {
  return {
    verdict: decision.verdict,
    reason: decision.reason ?? null,
    owner: decision.verdict === "in-work" ? decision.owner : null,
    due: decision.verdict === "in-work" ? (decision.due ?? null) : null,
    until_day: decision.verdict === "risk-accepted" ? decision.until : null,
    ends_at: decision.verdict === "risk-accepted" ? endsAt : null,
    decided_at: at,
    decided_by: user.id,
    decided_name: user.name,
    noted_cause: null,
  };
}

const undecidedColumns = {
  verdict: "open",
  reason: null,
  owner: null,
  due: null,
  until_day: null,
  ends_at: null,
  issue_url: null,
  noted_cause: null,
} as const;

function changedColumns(change: Change) {
  const { change: what } = change;
  if (what.kind === "decide") return decisionColumns(what.decision, change);
  return what.kind === "link" ? { issue_url: what.issueUrl } : {};
}

function eventOf({ change }: Change): { kind: VerdictEventTable["kind"]; content: object } {
  if (change.kind === "decide") return { kind: "decided", content: change.decision };
  if (change.kind === "link") return { kind: "link", content: { issueUrl: change.issueUrl } };
  return { kind: "note", content: { text: change.text } };
}

/** Adds an entry to the history; `events` of the row already counts it. */
export async function addEvent(
  tx: Client,
  row: Pick<VerdictRow, "id" | "events">,
  event: Pick<VerdictEventTable, "kind" | "at" | "actor" | "name" | "instance_no"> & { readonly content: object },
): Promise<void> {
  await tx
    .insertInto("verdict_event")
    .values({ ...event, verdict_id: row.id, seq: row.events, content: JSON.stringify(event.content) })
    .execute();
}

const readRow = (tx: Client, id: string): Promise<VerdictRow | undefined> =>
  tx.selectFrom("verdict").selectAll().where("id", "=", id).executeTakeFirst();

async function insertRow(tx: Client, finding: ChangedFinding, change: Change): Promise<VerdictRow | undefined> {
  const { id, host, sighting } = finding;
  if (sighting === null) return undefined;
  const { at, user } = change;
  return tx
    .insertInto("verdict")
    .values({
      ...undecidedColumns,
      ...{ id, target: host, decided_at: at, decided_by: user.id, decided_name: user.name },
      ...sightingColumns(sighting),
      ...{ absent_at: null, absent_job: null, updated_at: at, version: 1, events: 1 },
      notes: change.change.kind === "note" ? 1 : 0,
      ...changedColumns(change),
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returningAll()
    .executeTakeFirst();
}

async function updateRow(
  tx: Client,
  row: VerdictRow,
  { version }: ChangedFinding,
  change: Change,
): Promise<VerdictRow | undefined> {
  const isNote = change.change.kind === "note";
  let update = tx
    .updateTable("verdict")
    .set({
      ...changedColumns(change),
      events: sql<number>`events + 1`,
      updated_at: change.at,
      // A note cannot conflict with another change, so it does not change the version.
      ...(isNote ? { notes: sql<number>`notes + 1` } : { version: sql<number>`version + 1` }),
    })
    .where("id", "=", row.id)
    .where("events", "<", limits.verdictEvents);
  if (!isNote) update = update.where("version", "=", version);
  return update.returningAll().executeTakeFirst();
}

/** Changes one finding and records it in the history. A concurrent change by somebody else is not overwritten. */
export async function changeFinding(tx: Client, finding: ChangedFinding, change: Change): Promise<ChangeResult> {
  const { id, version, sighting } = finding;
  const isNote = change.change.kind === "note";
  let row = await readRow(tx, id);
  let changed: VerdictRow | undefined;
  if (row === undefined) {
    if (sighting === null || version !== 0) return { row: undefined, code: "VERDICT_NOT_FOUND" };
    changed = await insertRow(tx, finding, change);
    row = changed ?? (await readRow(tx, id));
  }
  if (row === undefined) throw new WscError("STORE_UNAVAILABLE", "a verdict was neither inserted nor found");
  if (changed === undefined) {
    if (!isNote && Number(row.version) !== version) return { row, code: "VERDICT_CHANGED" };
    if (row.events >= limits.verdictEvents) return { row, code: "VERDICT_HISTORY_FULL" };
    changed = await updateRow(tx, row, finding, change);
    if (changed === undefined) return { row: await readRow(tx, id), code: "VERDICT_CHANGED" };
  }
  const { id: actor, name } = change.user;
  await addEvent(tx, changed, { ...eventOf(change), at: change.at, actor, name, instance_no: null });
  return { row: changed, code: null };
}
