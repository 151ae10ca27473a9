import { type SignIn, WscError } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { KeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { sealedColumns } from "../database/sealed-values.ts";
import type { Tx } from "../outbox/records.ts";

const { placeOf } = sealedColumns.scheduleSignIns;

export type ScheduleCredentials = ReturnType<typeof createScheduleCredentials>;

/** Target credentials of schedules: stored encrypted as long as the schedule needs them, decrypted for the call of a run. */
export function createScheduleCredentials(database: OpenDatabase, ring: KeyRing) {
  const guarded = translateDatabaseErrors(database);

  const erase = async (tx: Tx, id: string): Promise<void> => {
    await tx.deleteFrom("schedule_sign_in").where("schedule_id", "=", id).execute();
  };

  return {
    erase,

    /** Replaces the stored credentials. */
    async seal(tx: Tx, id: string, signIn: SignIn): Promise<void> {
      await erase(tx, id);
      if (signIn.kind === "none") return;
      await tx
        .insertInto("schedule_sign_in")
        .values({ schedule_id: id, sealed: ring.seal(JSON.stringify(signIn), placeOf(id)) })
        .execute();
    },

    /** Throws SealBroken when no key decrypts them, SIGN_IN_UNREADABLE when they or the schedule are missing: not "none". */
    openSignIn: (scheduleId: string): Promise<SignIn> =>
      guarded(async () => {
        const row = await database.db
          .selectFrom("schedule")
          .leftJoin("schedule_sign_in", "schedule_sign_in.schedule_id", "schedule.id")
          .select(["schedule.sign_in_kind", "schedule_sign_in.sealed"])
          .where("schedule.id", "=", scheduleId)
          .executeTakeFirst();
        if (row === undefined) throw new WscError("SIGN_IN_UNREADABLE", "the schedule of the run is gone");
        if (row.sealed !== null) return JSON.parse(ring.open(row.sealed, placeOf(scheduleId))) as SignIn;
        if (row.sign_in_kind !== "none") throw new WscError("SIGN_IN_UNREADABLE", "target credentials are gone");
        return { kind: "none" };
      }),
  };
}
