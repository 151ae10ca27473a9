import {
  compareReports,
  comparisonSchema,
  type ExportFormat,
  type FileAnswer,
  type FindingQuery,
  type FindingSelection,
  findingChangesOf,
  findingIdentity,
  type GatewayFact,
  type Job,
  type Report,
} from "@wsc-dashboard/wsc-core";
import { sharedBytes } from "@wsc-dashboard/wsc-core/node";
import {
  type DecodedAnswer,
  decodeEnvelope,
  observeReport,
  readReport,
  withJobOfReport,
} from "@wsc-dashboard/wsc-core/upstream";
import type { ExportContext } from "./exports/export-context.ts";
import { exportedVerdicts, type IdentifiedVerdict } from "./exports/exported-verdicts.ts";
import { selectFindings } from "./finding-selection.ts";
import { targetOf } from "./kept-target.ts";
import { type IdentifiedFinding, type PackedFindings, packFindings } from "./packed-findings.ts";
import { withDigest } from "./report-digest.ts";
import { exportReport } from "./report-export.ts";
import { verdictIdOf } from "./verdict-id.ts";

/** Maximum number of entries of each scope list in the head; the report itself has all. */
const maxScopeEntries = 1_000;
/** Maximum number of items in the head, in the vendor's order. */
const maxKinds = 100;

/** The report without its findings, so that it is small. */
export interface ReportHead
  extends Pick<Report, "job" | "reportDate" | "summary" | "byItem" | "scope" | "expiresAt" | "sha256"> {
  readonly findingCount: number;
}

/** A validated report as JSON, in which the job comes first. */
export interface SerialisedReport {
  readonly head: ReportHead;
  /** In shared memory, so that every task on it can be posted without copying it. */
  readonly bytes: Uint8Array;
}

/** The result of reading a response. */
export interface ReadReport {
  /** `null` when the response is not a report. */
  readonly report: SerialisedReport | null;
  readonly facts: readonly GatewayFact[];
}

export interface AnswerToRead {
  readonly httpStatus: number;
  readonly body: Uint8Array;
  readonly job: Job;
  /** Only the job's number is known; the rest comes from the report. */
  readonly isUnlisted?: boolean;
  /** IANA time zone of the vendor's dates. */
  readonly zone: string;
  /** When the upstream responded, in milliseconds since the epoch. */
  readonly readAt: number;
}

export interface ReportToExport {
  readonly bytes: Uint8Array;
  readonly format: ExportFormat;
  readonly context: Pick<ExportContext, "language" | "zone" | "version">;
  readonly criteria: FindingQuery;
  /** The earlier report as JSON for computing changes; `null` when they are not needed. */
  readonly base: Uint8Array | null;
  readonly verdicts: readonly IdentifiedVerdict[];
}

/** An export file and its content. */
export interface ExportedReport {
  readonly file: FileAnswer;
  /** Number of findings in the file. */
  readonly findings: number;
  /** Absent when all findings of the report are in the file. */
  readonly selection: FindingSelection | undefined;
}

/** The identities in a report, without other text from the scanned site. */
export interface ReportIdentities {
  /** Host of the target. */
  readonly host: string;
  readonly instanceNo: string;
  /** Start of the scan; `null` when the report does not contain it. */
  readonly startedAt: string | null;
  readonly expiresAt: string | null;
  readonly findings: PackedFindings;
}

export interface RunToCompare {
  readonly bytes: Uint8Array;
  readonly speed: string | null;
}

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
const reportOf = (bytes: Uint8Array): Report => JSON.parse(textOf(bytes)) as Report;

function headOf({ job, reportDate, summary, byItem, scope, expiresAt, sha256, findings }: Report): ReportHead {
  const { scanned, notScanned, excluded, items, ...rest } = scope;
  const cut = (list: string[]): string[] => list.slice(0, maxScopeEntries);
  const bounded = { scanned: cut(scanned), notScanned: cut(notScanned), excluded: cut(excluded), items: cut(items) };
  return {
    ...{ job, reportDate, summary, expiresAt, sha256, findingCount: findings.length },
    byItem: byItem.slice(0, maxKinds),
    scope: { ...rest, ...bounded },
  };
}

function identify(host: string, findings: Report["findings"]): PackedFindings {
  const byIdentity = Map.groupBy(findings, ({ fingerprint }) => findingIdentity(fingerprint));
  const identified = [...byIdentity].map(([identity, ofOne]): [string, IdentifiedFinding] => {
    const counts = { high: 0, medium: 0, low: 0 };
    for (const { severity } of ofOne) if (severity !== null) counts[severity] += 1;
    const severity = (["high", "medium", "low"] as const).find((level) => counts[level] > 0) ?? null;
    const fingerprint = ofOne[0]?.fingerprint ?? identity;
    return [verdictIdOf(host, fingerprint), { fingerprint, severity, total: ofOne.length, ...counts }];
  });
  return packFindings(new Map(identified));
}

/**
 * Tasks whose duration grows with the findings. None runs on the event loop of the server, unless the report is small. Inputs and
 * results can be posted between threads.
 */
export const reportWorks = {
  /** Reads a response. The payload of a success is a `ReadReport`. */
  read({ httpStatus, body, job, isUnlisted, zone, readAt }: AnswerToRead): DecodedAnswer {
    const decoded = decodeEnvelope(httpStatus, textOf(body));
    if (decoded.kind !== "success") return decoded;
    const read = readReport(decoded.payload, { job, zone, now: new Date(readAt) });
    const facts = observeReport(read);
    if (read === null) return { ...decoded, payload: { report: null, facts } satisfies ReadReport };
    const whole = withDigest(isUnlisted === true ? withJobOfReport(read) : read);
    const report = { head: headOf(whole), bytes: sharedBytes(Buffer.from(JSON.stringify(whole))) };
    return { ...decoded, payload: { report, facts } satisfies ReadReport };
  },

  /** Exports the requested findings as a file. */
  export({ bytes, format, context, criteria, base, verdicts: kept }: ReportToExport): ExportedReport {
    const whole = reportOf(bytes);
    const runOf = (report: Report) => ({ report, speed: null });
    const before = base === null ? undefined : reportOf(base);
    const changes = before && findingChangesOf(compareReports(runOf(before), runOf(whole)));
    const verdicts = exportedVerdicts(kept);
    const { report, selection } = selectFindings(whole, criteria, changes, verdicts.stateOf);
    const baseline = before && changes && { instanceNo: before.job.instanceNo, changes };
    const allFindings = selection && whole.findings;
    const file = exportReport(report, format, { ...context, selection, allFindings, verdicts, baseline });
    return { file, findings: report.findings.length, selection };
  },

  /** The identities of its findings. */
  identify({ bytes }: { readonly bytes: Uint8Array }): ReportIdentities {
    const { job, times, expiresAt, findings } = reportOf(bytes);
    const host = targetOf(job.startUrl);
    return {
      host,
      instanceNo: job.instanceNo,
      startedAt: job.startedAt ?? times.crawlStartedAt ?? times.scanStartedAt,
      expiresAt,
      findings: identify(host, findings),
    };
  },

  /** Identities of the findings that the later run tested for and did not find. */
  findFixed({ base, head }: { readonly base: Uint8Array; readonly head: Uint8Array }): string[] {
    const run = (bytes: Uint8Array) => ({ report: reportOf(bytes), speed: null });
    return compareReports(run(base), run(head)).fixed.map(({ fingerprint }) => findingIdentity(fingerprint));
  },

  /** The comparison as JSON. */
  compare({ base, head }: { readonly base: RunToCompare; readonly head: RunToCompare }): Uint8Array {
    const run = ({ bytes, speed }: RunToCompare) => ({ report: reportOf(bytes), speed });
    return Buffer.from(JSON.stringify(comparisonSchema.parse(compareReports(run(base), run(head)))));
  },
} as const;

export type ReportWorks = typeof reportWorks;
export type ReportWorkName = keyof ReportWorks;
