import type { Transaction } from "kysely";
import type { Database } from "../database/schema.ts";
import { recordNotification } from "../notifications/record-notification.ts";

/** A target with a new owner, and the version of its details with which that was stored. */
export interface NewOwner {
  readonly host: string;
  readonly owner: string;
  readonly version: number;
}

/** Called in the transaction that stores the owners. `actorId`: who assigned them. */
export type TellNewOwners = (
  tx: Transaction<Database>,
  assigned: readonly NewOwner[],
  at: number,
  actorId: string,
) => Promise<void>;

/** Records one notification per owner, so that an import of many targets does not cause a flood. */
export const recordNewOwners: TellNewOwners = async (tx, assigned, at, actorId) => {
  for (const [owner, targets] of Map.groupBy(assigned, (one) => one.owner)) {
    const [first] = targets;
    if (first === undefined) continue;
    const count = targets.length;
    await recordNotification(tx, {
      event: "target.assigned",
      // A version is used once, so the subject is unique.
      subject: `${first.host}/${first.version}`,
      ...{ at, actorId },
      facts: { target: count === 1 ? first.host : null, people: [owner], ...(count === 1 ? {} : { targets: count }) },
    });
  }
};
