import {
  type EffectiveVerdict,
  effectiveVerdict,
  type Severity,
  type Verdict,
  type VerdictHistoryEntry,
  type VerdictView,
} from "@wsc-dashboard/wsc-core";
import { type RawBuilder, sql } from "kysely";
import type { VerdictEventRow, VerdictRow } from "../database/schema.ts";

/** A finding in a report; findings with the same identity are merged. */
export interface Sighting {
  readonly instanceNo: string;
  /** Start of the scan in milliseconds; `null` when it is unknown. */
  readonly startedAt: number | null;
  /** When the report stops being readable, in milliseconds. */
  readonly readableUntil: number;
  readonly fingerprint: string;
  /** Highest severity of its occurrences. */
  readonly severity: Severity | null;
  readonly total: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
}

/** The findings of a report by verdict id. */
export interface Sightings {
  keys(): Iterable<string>;
  has(id: string): boolean;
  get(id: string): Sighting | undefined;
}

const numberOf = (value: number | null): number | null => (value === null ? null : Number(value));
const instantOf = (at: number | null): string | null => (at === null ? null : new Date(Number(at)).toISOString());

/** The effective verdict of a row at an instant. */
export function effectiveOf(
  row: Pick<VerdictRow, "verdict" | "decided_at" | "ends_at" | "seen_at" | "absent_at">,
  at: number,
): EffectiveVerdict {
  return effectiveVerdict(
    {
      verdict: row.verdict,
      decidedAt: Number(row.decided_at),
      endsAt: numberOf(row.ends_at),
      seenAt: numberOf(row.seen_at),
      absentAt: numberOf(row.absent_at),
    },
    at,
  );
}

function sightingOf(instanceNo: string | null, startedAt: number | null): VerdictView["seen"] {
  const instant = instantOf(startedAt);
  return instanceNo === null || instant === null ? null : { instanceNo, startedAt: instant };
}

export function verdictOfRow(row: VerdictRow, at: number): VerdictView {
  return {
    id: row.id,
    host: row.target,
    fingerprint: row.fingerprint,
    ...effectiveOf(row, at),
    verdict: row.verdict,
    reason: row.reason,
    owner: row.owner,
    due: row.due,
    until: row.until_day,
    endsAt: instantOf(row.ends_at),
    issueUrl: row.issue_url,
    decidedAt: new Date(Number(row.decided_at)).toISOString(),
    decidedBy: row.decided_name,
    seen: sightingOf(row.seen_job, row.seen_at),
    absent: sightingOf(row.absent_job, row.absent_at),
    severity: row.severity,
    notes: row.notes,
    updatedAt: new Date(Number(row.updated_at)).toISOString(),
    version: row.version,
  };
}

export function historyEntryOf(row: VerdictEventRow): VerdictHistoryEntry {
  return {
    ...(JSON.parse(row.content) as object),
    seq: row.seq,
    at: new Date(Number(row.at)).toISOString(),
    kind: row.kind,
    by: row.name,
    ...(row.instance_no === null ? {} : { instanceNo: row.instance_no }),
  };
}

/** The columns that a report determines. */
export function sightingColumns(sighting: Sighting) {
  return {
    fingerprint: sighting.fingerprint,
    seen_at: sighting.startedAt,
    seen_job: sighting.instanceNo,
    severity: sighting.severity,
    seen_total: sighting.total,
    seen_high: sighting.high,
    seen_medium: sighting.medium,
    seen_low: sighting.low,
    readable_until: sighting.readableUntil,
  };
}

/** Whether a report is newer than the stored one; a report without a start time is newer only when none is stored. */
export function isNewer(row: Pick<VerdictRow, "seen_at" | "seen_job">, { startedAt }: Sighting): boolean {
  if (row.seen_job === null) return startedAt === null || startedAt >= Number(row.seen_at ?? 0);
  return startedAt !== null && (row.seen_at === null || startedAt > Number(row.seen_at));
}

/** `effectiveVerdict` in SQL. */
export function stateColumn(at: number): RawBuilder<Verdict> {
  return sql<Verdict>`case
    when verdict = 'risk-accepted' and ends_at <= ${at} then 'open'
    when verdict = 'fixed' and seen_at >= decided_at - decided_at % 1000 and (absent_at is null or absent_at <= seen_at) then 'open'
    else verdict end`;
}
