import { findingIdentity, WscError } from "@wsc-dashboard/wsc-core";
import type { IdentifiedVerdict } from "../reports/exports/exported-verdicts.ts";
import { readPackedFindings } from "../reports/packed-findings.ts";
import type { ReportReader } from "../reports/report-reader.ts";
import type { ReportIdentities, SerialisedReport } from "../reports/report-work.ts";
import { verdictIdOf } from "../reports/verdict-id.ts";
import { type Sightings, verdictOfRow } from "./verdict-rows.ts";
import type { VerdictStore } from "./verdict-store.ts";

/** A report without a known expiry is assumed to be readable for this long, in milliseconds. */
const yearMs = 366 * 86_400_000;
/** Maximum number of earlier reports to compare with. */
const maxBases = 5;

/** The identities of a report, and its findings by verdict id. */
export interface ObservedReport {
  readonly identities: ReportIdentities;
  readonly sightings: Sightings;
  /** Ids of the verdicts on its findings. */
  readonly decided: readonly string[];
}

export interface VerdictObservationParts {
  readonly store: Pick<VerdictStore, "observe" | "unconfirmed" | "rows">;
  readonly reports: Pick<ReportReader, "serialised" | "identify" | "findFixed">;
  readonly now: () => number;
}

function sightingsOf(identities: ReportIdentities, at: number): Sightings {
  const { instanceNo, startedAt, expiresAt } = identities;
  const findings = readPackedFindings(identities.findings);
  const known = {
    instanceNo,
    startedAt: startedAt === null ? null : Date.parse(startedAt),
    readableUntil: expiresAt === null ? at + yearMs : Date.parse(expiresAt),
  };
  return {
    keys: findings.keys,
    has: findings.has,
    get(id) {
      const finding = findings.get(id);
      return finding && { ...known, ...finding };
    },
  };
}

export type VerdictObservation = ReturnType<typeof createVerdictObservation>;

/** Updates verdicts from the report of a scan. */
export function createVerdictObservation({ store, reports, now }: VerdictObservationParts) {
  /** Fixed findings that the scan tested for and did not find. Reports that cannot be compared prove nothing. */
  async function findAbsent(
    head: SerialisedReport,
    { identities, sightings }: Omit<ObservedReport, "decided">,
  ): Promise<ReadonlySet<string>> {
    const { host, instanceNo, startedAt } = identities;
    const absent = new Set<string>();
    if (startedAt === null) return absent;
    const missing = [...(await store.unconfirmed(host))]
      .map(([base, rows]) => {
        const isAsked = (row: (typeof rows)[number]): boolean =>
          !sightings.has(row.id) && Date.parse(startedAt) > Math.max(Number(row.seen_at), Number(row.absent_at));
        return { base, ids: new Set(rows.filter(isAsked).map(({ id }) => id)) };
      })
      .filter(({ base, ids }) => base !== instanceNo && ids.size > 0)
      .sort((a, b) => b.ids.size - a.ids.size);
    for (const { base, ids } of missing.slice(0, maxBases)) {
      try {
        const fixed = await reports.findFixed(await reports.serialised(base), head);
        for (const identity of fixed) {
          const id = verdictIdOf(host, identity);
          if (ids.has(id)) absent.add(id);
        }
      } catch (error) {
        if (!(error instanceof WscError) || error.code === "STORE_UNAVAILABLE") throw error;
      }
    }
    return absent;
  }

  async function observe(report: SerialisedReport): Promise<ObservedReport> {
    const at = now();
    const identities = await reports.identify(report);
    const observed = { identities, sightings: sightingsOf(identities, at) };
    const { host, instanceNo, startedAt } = identities;
    const decided = await store.observe(
      {
        ...{ host, instanceNo, seen: observed.sightings, absent: await findAbsent(report, observed) },
        startedAt: startedAt === null ? null : Date.parse(startedAt),
      },
      at,
    );
    return { ...observed, decided };
  }

  return {
    /** Updates the verdicts from a report and returns its identities. Throws STORE_UNAVAILABLE. */
    observe,

    /** The verdicts on the findings of a report, after updating them from it. */
    async verdictsOf(report: SerialisedReport): Promise<IdentifiedVerdict[]> {
      const { sightings, decided } = await observe(report);
      const at = now();
      const rows = await store.rows(decided);
      return rows.map((row) => ({
        ...verdictOfRow(row, at),
        identity: findingIdentity(sightings.get(row.id)?.fingerprint ?? ""),
      }));
    },
  };
}
