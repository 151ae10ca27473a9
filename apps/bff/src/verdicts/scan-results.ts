import type { EffectiveVerdict } from "@wsc-dashboard/wsc-core";
import { sql, type Transaction } from "kysely";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database, VerdictRow } from "../database/schema.ts";
import { type CauseParts, noteCauses } from "./verdict-causes.ts";
import { readRows } from "./verdict-reading.ts";
import { effectiveOf, isNewer, type Sightings, sightingColumns } from "./verdict-rows.ts";

/** Maximum number of rows changed in one transaction. */
const rowsAtOnce = 200;

/** What a report shows about findings with a verdict. */
export interface Observation {
  readonly host: string;
  readonly instanceNo: string;
  /** By verdict id. */
  readonly seen: Sightings;
  /** Ids of verdicts whose findings the scan tested for and did not find. */
  readonly absent: ReadonlySet<string>;
  /** Start of the scan in milliseconds; `null` when it is unknown: then the scan proves no absence. */
  readonly startedAt: number | null;
}

/** The columns of a row that the scan changes; `null` when there are none. */
function observedColumns(row: VerdictRow, { host, seen, absent, instanceNo, startedAt }: Observation) {
  const sighting = seen.get(row.id);
  if (sighting !== undefined) {
    if (!isNewer(row, sighting)) return null;
    return { ...sightingColumns(sighting), seen_at: sighting.startedAt ?? row.seen_at, target: host };
  }
  const isNewAbsence = startedAt !== null && (row.absent_at === null || startedAt > Number(row.absent_at));
  return absent.has(row.id) && isNewAbsence ? { absent_at: startedAt, absent_job: instanceNo } : null;
}

async function observeRow(
  tx: Transaction<Database>,
  row: VerdictRow,
  observation: Observation,
  at: number,
): Promise<{ row: VerdictRow; effective: EffectiveVerdict } | null> {
  const columns = observedColumns(row, observation);
  if (columns === null) return null;
  const effective = effectiveOf({ ...row, ...columns }, at);
  const isNews = effective.cause !== row.noted_cause && effective.cause !== "waiting" && effective.cause !== null;
  const changed = await tx
    .updateTable("verdict")
    .set({
      ...columns,
      ...(isNews
        ? {
            noted_cause: effective.cause,
            events: sql<number>`events + 1`,
            version: sql<number>`version + 1`,
            updated_at: at,
          }
        : {}),
    })
    .where("id", "=", row.id)
    .where("version", "=", row.version)
    .returningAll()
    .executeTakeFirst();
  if (changed !== undefined) return isNews ? { row: changed, effective } : null;
  // A decision was made in the meantime; the observation is applied to the new row.
  const present = await tx.selectFrom("verdict").selectAll().where("id", "=", row.id).executeTakeFirst();
  return present === undefined ? null : observeRow(tx, present, observation, at);
}

/** Stores what scans show about findings with a verdict. */
export function createScanResults(database: OpenDatabase, parts: CauseParts) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    /** Stores what a report shows; returns the ids of all verdicts on its findings. Idempotent for the same report. */
    observe: (observation: Observation, at: number): Promise<string[]> =>
      guarded(async () => {
        const known = await readRows(db, [...observation.seen.keys(), ...observation.absent]);
        const rows = known.filter((row) => observedColumns(row, observation) !== null);
        rows.sort((a, b) => (a.id < b.id ? -1 : 1));
        for (let start = 0; start < rows.length; start += rowsAtOnce) {
          await db.transaction().execute(async (tx) => {
            const news: { row: VerdictRow; effective: EffectiveVerdict }[] = [];
            for (const row of rows.slice(start, start + rowsAtOnce)) {
              const one = await observeRow(tx, row, observation, at);
              if (one !== null) news.push(one);
            }
            await noteCauses(parts, tx, news, observation.instanceNo, at);
          });
        }
        return known.flatMap(({ id }) => (observation.seen.has(id) ? [id] : []));
      }),
  };
}
