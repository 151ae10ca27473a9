import type { Insertable, Selectable } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import type { AuditEvent } from "../audit/audit-event.ts";
import type { SubmissionRow, SubmissionTable } from "../database/schema.ts";
import type { BudgetLedger } from "./budget-ledger.ts";
import { leaseMs, type Tx } from "./records.ts";
import type { SendLock } from "./send-lock.ts";
import { isSettled } from "./states.ts";
import { notifyOfBudget, notifyOfState } from "./submission-notifications.ts";
import {
  type ChangeName,
  type GivenNextLookName,
  type InsertName,
  type Transition,
  transitions,
} from "./transitions.ts";

/** Who caused the change; the dashboard itself when not set. */
export type AuditActor = Pick<AuditEvent, "actor" | "name" | "roles" | "requestId">;
const dashboard: AuditActor = { actor: "system" };

/** Columns that callers may set because the transition table does not determine them. */
type OwnColumns = Partial<
  Pick<
    Selectable<SubmissionTable>,
    | "reason"
    | "due_at"
    | "attempts"
    | "calls"
    | "signed_at"
    | "searches"
    | "absences"
    | "last_absence_at"
    | "proven_absent"
    | "instance_no"
    | "withdrawn_at"
    | "unproven"
    | "hint"
  >
>;

interface Common {
  readonly at: number;
  readonly details?: AuditEvent["details"];
  readonly by?: AuditActor;
}

export type ChangeOptions<Name extends ChangeName> = Common & {
  readonly set?: OwnColumns;
  /** End of the lease that is taken or extended; `leaseMs` from now unless given. */
  readonly leaseUntil?: number;
  /** The earliest time the send lock opens after its release; `code` says why when that is later than the spacing requires. */
  readonly lock?: { readonly closedUntil: number; readonly code: string | null };
  /** Response code of the latest attempt. */
  readonly attemptCode?: string;
} & (Name extends GivenNextLookName ? { readonly nextAt: number } : { readonly nextAt?: never });

type NewRow = Pick<
  Insertable<SubmissionTable>,
  "id" | "token" | "owner_id" | "owner_name" | "request" | "target" | "created_at" | "due_at"
> &
  Partial<
    Pick<
      Insertable<SubmissionTable>,
      "reason" | "schedule_id" | "collision" | "blackout" | "local_time" | "zone" | "rescan_of"
    >
  >;

/** Changes rows within one transaction; only `withinTransaction` creates one. */
export interface RowChanges {
  /** Inserts a row; returns `null` when a row with this token or for this run exists. */
  insert(name: InsertName, row: NewRow, options: Common): Promise<SubmissionRow | null>;
  /** Returns the updated row; `null` when its version has changed or its state is not one that the transition starts from. */
  apply<Name extends ChangeName>(
    name: Name,
    row: Pick<SubmissionRow, "id" | "version" | "attempts">,
    options: ChangeOptions<Name>,
  ): Promise<SubmissionRow | null>;
}

export interface TransitionParts {
  readonly audit: AuditChain;
  readonly ledger: BudgetLedger;
  readonly sendLock: SendLock;
  /** Name of this process in leases. */
  readonly owner: string;
}

export type WithinTransaction = <T>(tx: Tx, work: (changes: RowChanges) => Promise<T>) => Promise<T>;

function entryOf(
  row: Pick<SubmissionRow, "id" | "target">,
  { action, result }: NonNullable<Transition["audit"]>,
  { at, details = {}, by = dashboard }: Common,
): AuditEvent {
  const { requestId, ...doer } = by;
  const entry = { at, ...doer, action, object: `submission/${row.id}`, target: row.target, result, details };
  return requestId === undefined ? entry : { ...entry, requestId };
}

async function setAttemptCode(tx: Tx, row: Pick<SubmissionRow, "id" | "attempts">, code: string): Promise<void> {
  await tx
    .updateTable("attempt")
    .set({ code })
    .where("submission_id", "=", row.id)
    .where("number", "=", row.attempts)
    .execute();
}

/** Columns of the lease and of the next processing time that the transition prescribes. */
function plannedColumns(
  { lease, nextLook }: Transition,
  owner: string,
  { at, leaseUntil = at + leaseMs, nextAt }: { at: number; leaseUntil?: number; nextAt?: number },
): Partial<SubmissionRow> {
  const leases = {
    take: { lease_owner: owner, lease_until: leaseUntil },
    extend: { lease_until: leaseUntil },
    drop: { lease_owner: null, lease_until: null },
    keep: {},
  } as const;
  const looks = { never: { next_at: null }, now: { next_at: at }, given: { next_at: nextAt ?? at }, keep: {} } as const;
  return { ...leases[lease], ...looks[nextLook] };
}

/** Applies the transition to the row; returns `null` when its version or state no longer matches. */
async function changeRow(
  tx: Tx,
  owner: string,
  name: ChangeName,
  row: Pick<SubmissionRow, "id" | "version">,
  options: ChangeOptions<ChangeName>,
): Promise<SubmissionRow | null> {
  const transition: Transition = transitions[name];
  const { from, to, withdrawn, lease, version } = transition;
  let update = tx
    .updateTable("submission")
    .set({
      ...options.set,
      ...plannedColumns(transition, owner, options),
      ...(to === "same" ? {} : { state: to, settled_at: isSettled(to) ? options.at : null }),
      ...(version === "next" ? { version: row.version + 1 } : {}),
    })
    .where("id", "=", row.id)
    .where("version", "=", row.version)
    .where("state", "in", [...from]);
  if (withdrawn !== "may be") update = update.where("withdrawn_at", withdrawn === "must be" ? "is not" : "is", null);
  if (lease === "take") {
    const { at } = options;
    update = update.where((column) => column.or([column("lease_until", "is", null), column("lease_until", "<=", at)]));
  }
  return (await update.returningAll().executeTakeFirst()) ?? null;
}

/** Inserts a row; returns `null` when a row with this token or for this run exists. */
async function insertRow(tx: Tx, name: InsertName, values: NewRow, at: number): Promise<SubmissionRow | null> {
  const { to } = transitions[name];
  const row = await tx
    .insertInto("submission")
    .values({
      reason: null,
      schedule_id: null,
      collision: null,
      blackout: null,
      local_time: null,
      zone: null,
      rescan_of: null,
      ...values,
      state: to,
      ...{ lease_owner: null, lease_until: null, signed_at: null, last_absence_at: null },
      ...{ instance_no: null, withdrawn_at: null, hint: null },
      settled_at: isSettled(to) ? at : null,
      next_at: isSettled(to) ? null : values.due_at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

async function settleBudget(
  tx: Tx,
  ledger: BudgetLedger,
  name: ChangeName,
  row: Pick<SubmissionRow, "id" | "owner_id">,
  at: number,
): Promise<void> {
  const { budget } = transitions[name];
  if (budget === "book") {
    await ledger.book(tx, row.id, row.owner_id, at);
    await notifyOfBudget(tx, ledger, at);
  }
  if (budget === "release") await ledger.release(tx, row.id);
}

/** Extends or releases the send lock as the transition prescribes; returns `false` when the lock to be extended was lost. */
async function settleSendLock(
  tx: Tx,
  sendLock: SendLock,
  name: ChangeName,
  { at, leaseUntil = at + leaseMs, lock = { closedUntil: 0, code: null } }: ChangeOptions<ChangeName>,
): Promise<boolean> {
  const { sendLock: effect } = transitions[name];
  // Without the lock another process could be sending at the same time.
  if (effect === "extend") return sendLock.extend(tx, leaseUntil);
  // The call of this process has ended, whatever happened to the row.
  if (effect === "release") await sendLock.release(tx, lock.closedUntil, lock.code);
  return true;
}

/** The only writer of `submission`: inserts and changes every row by a transition of the table, with all of its side effects. */
export function createTransitions({ audit, ledger, sendLock, owner }: TransitionParts): WithinTransaction {
  return async (tx, work) => {
    const entries: AuditEvent[] = [];
    const note = (row: SubmissionRow, entry: Transition["audit"], options: Common): void => {
      if (entry !== null) entries.push(entryOf(row, entry, options));
    };
    const result = await work({
      async insert(name, values, options) {
        const row = await insertRow(tx, name, values, options.at);
        if (row === null) return null;
        note(row, transitions[name].audit, options);
        await notifyOfState(tx, row, options.at);
        return row;
      },
      async apply(name, row, given) {
        const options = given as ChangeOptions<ChangeName>;
        if (!(await settleSendLock(tx, sendLock, name, options))) return null;
        const changed = await changeRow(tx, owner, name, row, options);
        if (changed === null) return null;
        await settleBudget(tx, ledger, name, changed, options.at);
        if (options.attemptCode !== undefined) await setAttemptCode(tx, row, options.attemptCode);
        note(changed, transitions[name].audit, options);
        if (transitions[name].to !== "same") await notifyOfState(tx, changed, options.at);
        return changed;
      },
    });
    // Last, because appending locks the head of the audit chain: its holder must not wait for a row lock.
    for (const entry of entries) await audit.append(tx, entry);
    return result;
  };
}
