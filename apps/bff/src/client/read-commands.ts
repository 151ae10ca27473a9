import { parseArgs } from "node:util";
import { type ExportFormat, exportFormats, type Job, type Schedule } from "@wsc-dashboard/wsc-core";
import type { CommandResult, OpenCommand } from "../commands/command.ts";
import { readClientSettings } from "./client-settings.ts";
import { createDashboardClient, type DashboardClient, failureOf } from "./dashboard-client.ts";
import { ClientFailure, exitCodes } from "./exit-code.ts";
import { printable } from "./printable.ts";
import { countsText, saveReportFile } from "./report-file.ts";
import { countFindings, findingsAtOrAbove, readSeverityLimit } from "./severity-limit.ts";

/** A command that calls the dashboard. */
const asking =
  (work: (client: DashboardClient) => Promise<CommandResult>): OpenCommand =>
  async ({ environment }) => {
    const client = createDashboardClient(readClientSettings(environment));
    try {
      return await work(client);
    } catch (error) {
      throw failureOf(error);
    }
  };

/** Parses options with text values, and positionals; `null` for unknown options. */
function readArguments<Name extends string>(args: readonly string[], names: readonly Name[]) {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values: values as Partial<Record<Name, string>>, positionals };
  } catch {
    return null;
  }
}

const isInstanceNo = (text: string): boolean => /^[0-9]{1,20}$/.test(text);

const jobLine = ({ instanceNo, status, findingCount, startedAt, startUrl }: Job): string =>
  [instanceNo, printable(status.text), `${findingCount ?? "-"} findings`, startedAt ?? "-", printable(startUrl)].join(
    "  ",
  );

/** `wsc jobs [--query text] [--page n] [--limit n]`, or one job: `wsc jobs <number>`. */
export function readJobsWords(args: readonly string[]): OpenCommand | null {
  const read = readArguments(args, ["query", "page", "limit"]);
  if (read === null || read.positionals.length > 1) return null;
  const [instanceNo] = read.positionals;
  if (instanceNo !== undefined) {
    if (!isInstanceNo(instanceNo)) return null;
    return asking(async (client) => {
      const answer = await client.jobs.get({ params: { instanceNo } });
      return { lines: [jobLine(answer.job)], isWell: true, data: answer };
    });
  }
  const { query: q, page, limit } = read.values;
  const query = Object.fromEntries(Object.entries({ q, page, limit }).filter(([, value]) => value !== undefined));
  return asking(async (client) => {
    const answer = await client.jobs.list({ query: query as never });
    const place = `page ${answer.page} of ${answer.pageCount}, ${answer.total} jobs`;
    return { lines: [...answer.jobs.map(jobLine), place], isWell: true, data: answer };
  });
}

/** `wsc report <number> [--fail-on severity] [--format format --output file]`. */
export function readReportWords(args: readonly string[]): OpenCommand | null {
  const read = readArguments(args, ["fail-on", "format", "output"]);
  const [instanceNo = "", ...more] = read?.positionals ?? [];
  if (read === null || more.length > 0 || !isInstanceNo(instanceNo)) return null;
  const { "fail-on": limit, format, output } = read.values;
  const failOn = readSeverityLimit(limit ?? "none");
  const wanted = format === undefined ? null : readFormat(format);
  if ((wanted === null) !== (output === undefined))
    throw new ClientFailure("usage", "--format and --output go together");
  return asking(async (client) => {
    const counts = countFindings(await client.reports.get({ params: { instanceNo } }));
    if (wanted !== null && output !== undefined) {
      const { content } = await client.reports.export({ params: { instanceNo }, query: { format: wanted } });
      saveReportFile(output, content);
    }
    const atOrAbove = findingsAtOrAbove(counts, failOn);
    return {
      lines: [`job ${instanceNo}: ${countsText(counts)}`, ...(output === undefined ? [] : [`${output} written`])],
      isWell: atOrAbove === 0,
      exitCode: atOrAbove === 0 ? exitCodes.done : exitCodes.findings,
      data: { instanceNo, findings: counts, output: output ?? null },
    };
  });
}

function readFormat(text: string): ExportFormat {
  const format = exportFormats.find((known) => known === text);
  if (format === undefined) throw new ClientFailure("usage", `--format is one of ${exportFormats.join(", ")}`);
  return format;
}

const scheduleLine = ({ id, state, next, owner, startUrl }: Schedule): string =>
  [id, state, `next ${next[0]?.dueAt ?? "-"}`, printable(owner), printable(startUrl)].join("  ");

/** `wsc schedules [--page n]`. */
export function readSchedulesWords(args: readonly string[]): OpenCommand | null {
  const read = readArguments(args, ["page"]);
  if (read === null || read.positionals.length > 0) return null;
  const { page } = read.values;
  return asking(async (client) => {
    const answer = await client.schedules.list({ query: page === undefined ? {} : { page } });
    const place = `page ${answer.page} of ${answer.pageCount}, ${answer.total} schedules`;
    return { lines: [...answer.schedules.map(scheduleLine), place], isWell: true, data: answer };
  });
}
