import { sql } from "kysely";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { SubmissionRow } from "../database/schema.ts";
import type { RowChanges } from "./apply-transition.ts";
import { afterLostLease, transitionWhenWithdrawn } from "./decisions.ts";
import type { OutboxContext } from "./outbox-context.ts";
import { reasonText, type Tx, unsearched } from "./records.ts";
import { inFlight, searching } from "./states.ts";

async function recoverRow({ apply }: RowChanges, row: SubmissionRow, at: number): Promise<void> {
  const name = afterLostLease(row.state);
  if (name === null) return;
  if (name === "recoverSearch") {
    await apply(name, row, { at });
    return;
  }
  if (name === "recoverCall") {
    const set = { ...unsearched, reason: reasonText("OUTCOME_UNKNOWN", false) };
    await apply(name, row, { at, set, details: { state: "IN_DOUBT" } });
    return;
  }
  const recovered = await apply(name, row, { at, set: unsearched, details: { state: "SCHEDULED" } });
  if (recovered === null) {
    const reason = reasonText("SCHEDULE_RUN_WITHDRAWN", false);
    if (row.withdrawn_at !== null) await apply(transitionWhenWithdrawn[name], row, { at, set: { reason } });
  }
}

/** Takes over submissions of processes that are gone. */
export function createLostLeases({ database, timings, owner, sendLock, withinTransaction }: OutboxContext) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  /** Rows whose lease has expired, and those of this process; with `all`, those of every process. */
  function stuck(tx: Pick<Tx, "selectFrom">, at: number, all: boolean) {
    const isOurs = all ? sql<boolean>`lease_owner is not null` : sql<boolean>`lease_owner = ${owner}`;
    const isOver = sql<boolean>`(${isOurs} or coalesce(lease_until, 0) <= ${at})`;
    return tx
      .selectFrom("submission")
      .selectAll()
      .where("state", "in", [...inFlight])
      .where((row) =>
        row.or([
          row.and([row("state", "in", ["CLAIMED", "DISPATCHING"]), isOver]),
          row.and([row("state", "in", [...searching]), isOurs]),
        ]),
      )
      .orderBy("id");
  }

  return {
    /**
     * Takes over expired leases and those of this process, which calls this only while nothing is in progress: a lease it still
     * holds was left by a failed write. CLAIMED: nothing was sent; DISPATCHING: outcome unknown. `all`: no other process can be
     * running.
     */
    recover: (at: number, all: boolean): Promise<void> =>
      guarded(async () => {
        const first = await stuck(db, at, all).limit(1).executeTakeFirst();
        if (first === undefined && !(await sendLock.isLeftHeld(db, all))) return;
        await db.transaction().execute((tx) =>
          withinTransaction(tx, async (changes) => {
            const rows = await stuck(tx, at, all).execute();
            // The interrupted call may have left just now.
            const closedUntil = rows.some(({ state }) => state === "DISPATCHING") ? at + timings.createSpacingMs : 0;
            await sendLock.free(tx, all, closedUntil);
            for (const row of rows) await recoverRow(changes, row, at);
          }),
        );
      }),
  };
}
