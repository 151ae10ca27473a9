import {
  compareReports,
  comparisonSchema,
  type ExportFormat,
  type FileAnswer,
  type FindingQuery,
  type FindingSelection,
  findingChangesOf,
  type GatewayFact,
  type Job,
  type Report,
} from "@wsc-dashboard/wsc-core";
import {
  type DecodedAnswer,
  decodeEnvelope,
  observeReport,
  readReport,
  withJobOfReport,
} from "@wsc-dashboard/wsc-core/upstream";
import type { ExportContext } from "./exports/export-context.ts";
import { selectFindings } from "./finding-selection.ts";
import { withDigest } from "./report-digest.ts";
import { exportReport } from "./report-export.ts";

/** Of each list of a report's scope; more is in the report itself. */
const maxScopeEntries = 1_000;

/** What is known of a report without reading thousands of findings. */
export interface ReportHead extends Pick<Report, "job" | "reportDate" | "summary" | "scope" | "expiresAt" | "sha256"> {
  readonly findingCount: number;
}

/** A report that was read and validated, as JSON with its job first. */
export interface SerialisedReport {
  readonly head: ReportHead;
  readonly bytes: Uint8Array;
}

/** What an answer came to. */
export interface ReadReport {
  /** `null` when it is no report. */
  readonly report: SerialisedReport | null;
  readonly facts: readonly GatewayFact[];
}

export interface AnswerToRead {
  readonly httpStatus: number;
  readonly body: Uint8Array;
  readonly job: Job;
  /** Only its number is known: the rest of it is what the report says. */
  readonly isUnlisted?: boolean;
  /** IANA zone of the vendor's dates. */
  readonly zone: string;
  /** When the upstream answered, in milliseconds. */
  readonly readAt: number;
}

export interface ReportToExport {
  readonly bytes: Uint8Array;
  readonly format: ExportFormat;
  readonly context: Omit<ExportContext, "selection">;
  readonly criteria: FindingQuery;
  /** The earlier report, as JSON, that changes are counted from; only when they are asked for. */
  readonly base: Uint8Array | null;
}

/** A file, and what it holds. */
export interface ExportedReport {
  readonly file: FileAnswer;
  /** In the file. */
  readonly findings: number;
  /** Absent when all findings of the report are in the file. */
  readonly selection: FindingSelection | undefined;
}

export interface RunToCompare {
  readonly bytes: Uint8Array;
  readonly speed: string | null;
}

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
const reportOf = (bytes: Uint8Array): Report => JSON.parse(textOf(bytes)) as Report;

function headOf({ job, reportDate, summary, scope, expiresAt, sha256, findings }: Report): ReportHead {
  const { scanned, notScanned, excluded, items, ...rest } = scope;
  const cut = (list: string[]): string[] => list.slice(0, maxScopeEntries);
  const bounded = { scanned: cut(scanned), notScanned: cut(notScanned), excluded: cut(excluded), items: cut(items) };
  return { job, reportDate, summary, scope: { ...rest, ...bounded }, expiresAt, sha256, findingCount: findings.length };
}

/**
 * The work on a report whose time grows with its findings: none of it runs on the thread that answers requests, unless the report
 * is small. What goes in and out can be posted between threads.
 */
export const reportWorks = {
  /** The payload of a success is a `ReadReport`. */
  read({ httpStatus, body, job, isUnlisted, zone, readAt }: AnswerToRead): DecodedAnswer {
    const decoded = decodeEnvelope(httpStatus, textOf(body));
    if (decoded.kind !== "success") return decoded;
    const read = readReport(decoded.payload, { job, zone, now: new Date(readAt) });
    const facts = observeReport(read);
    if (read === null) return { ...decoded, payload: { report: null, facts } satisfies ReadReport };
    const whole = withDigest(isUnlisted === true ? withJobOfReport(read) : read);
    const report = { head: headOf(whole), bytes: Buffer.from(JSON.stringify(whole)) };
    return { ...decoded, payload: { report, facts } satisfies ReadReport };
  },

  /** The findings that are asked for as a file. */
  export({ bytes, format, context, criteria, base }: ReportToExport): ExportedReport {
    const whole = reportOf(bytes);
    const runOf = (report: Report) => ({ report, speed: null });
    const changes = base === null ? undefined : findingChangesOf(compareReports(runOf(reportOf(base)), runOf(whole)));
    const { report, selection } = selectFindings(whole, criteria, changes);
    const file = exportReport(report, format, { ...context, selection });
    return { file, findings: report.findings.length, selection };
  },

  /** The comparison as JSON. */
  compare({ base, head }: { readonly base: RunToCompare; readonly head: RunToCompare }): Uint8Array {
    const run = ({ bytes, speed }: RunToCompare) => ({ report: reportOf(bytes), speed });
    return Buffer.from(JSON.stringify(comparisonSchema.parse(compareReports(run(base), run(head)))));
  },
} as const;

export type ReportWorks = typeof reportWorks;
export type ReportWorkName = keyof ReportWorks;
