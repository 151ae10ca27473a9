import { readFile, writeFile } from "node:fs/promises";
import { arch, platform, release } from "node:os";
import { isErrorCode } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import { readConfig } from "../config/config.ts";
import { unknownSettings } from "../config/env.ts";
import { describeSettings } from "../config/setting-facts.ts";
import { readSupportFacts } from "../database/support-facts.ts";
import { logFields } from "../log/log-fields.ts";
import { locationIn, stampOf } from "./backup.ts";
import type { CommandSurroundings, OpenCommand } from "./command.ts";

/** Newest lines of a log that are looked at, and entries that are kept. */
const maxEntries = 500;
const maxLogBytes = 64 * 1024 * 1024;

/** What of a line of the log is taken over: fields of fixed shapes alone, never a sentence. */
const logLine = z.object({
  "@timestamp": z.string().check(z.regex(/^[0-9T:.Z-]{20,30}$/)),
  "log.level": z.enum(["warn", "error", "fatal"]),
  [logFields.code.name]: z.optional(z.string()),
  [logFields.requestId.name]: z.optional(z.string()),
  [logFields.status.name]: z.optional(z.number()),
});

/** Of our own making; what a proxy calls a request is its own matter. */
const ownId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const codeOrOther = (code: string | undefined): string | null =>
  code === undefined ? null : isErrorCode(code) ? code : "other";

function errorsIn(log: string): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  for (const line of log.split("\n")) {
    if (!line.startsWith("{") || line.length > 100_000) continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      continue;
    }
    const read = logLine.safeParse(value);
    if (!read.success) continue;
    const requestId = read.data[logFields.requestId.name];
    found.push({
      at: read.data["@timestamp"],
      level: read.data["log.level"],
      code: codeOrOther(read.data[logFields.code.name]),
      requestId: ownId.test(requestId ?? "") ? requestId : null,
      status: read.data[logFields.status.name] ?? null,
    });
  }
  return found.slice(-maxEntries);
}

async function readLog(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => {
    throw new RangeError(`${file} cannot be read`);
  });
  return bytes.subarray(-maxLogBytes).toString("utf8");
}

/** Names of settings that have a problem; their sentences may quote what was set. */
function invalidSettings({ environment }: CommandSurroundings): string[] {
  const result = readConfig(environment);
  const sentences = "problems" in result ? result.problems : result.warnings;
  return [...new Set(sentences.map((sentence) => sentence.split(":", 1)[0] ?? ""))];
}

async function readDatabaseFacts(surroundings: CommandSurroundings): Promise<unknown> {
  try {
    const facts = await readSupportFacts(locationIn(surroundings));
    return {
      ...facts,
      refusals: facts.refusals.map(({ code, count }) => ({ code: codeOrOther(code), count })),
    };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.name : "unknown" };
  }
}

/**
 * Writes one file with what helps others to find a mistake. By construction without secrets, findings, targets and people: what is in it is
 * picked field by field, and no sentence of anybody is taken over.
 */
export const supportBundle =
  (output: string | null, logFile: string | null): OpenCommand =>
  async (surroundings) => {
    const { environment, version, now } = surroundings;
    const at = now();
    const bundle = {
      madeAt: new Date(at).toISOString(),
      versions: {
        dashboard: version,
        node: process.versions.node,
        platform: platform(),
        release: release(),
        arch: arch(),
      },
      settings: describeSettings(environment).map(({ name, isSecret, isSet, isDefault, value }) =>
        isPrivate.has(name) ? { name, isSecret, isSet, isDefault } : { name, isSecret, isSet, isDefault, value },
      ),
      unknownSettings: unknownSettings(environment).length,
      invalidSettings: invalidSettings(surroundings),
      database: await readDatabaseFacts(surroundings),
      recentErrors: logFile === null ? [] : errorsIn(await readLog(logFile)),
    };
    const file = output ?? `wsc-support-${stampOf(at)}.json`;
    await writeFile(file, `${JSON.stringify(bundle, null, 1)}\n`, { flag: "wx", mode: 0o600 }).catch(
      (error: unknown) => {
        const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
        throw new RangeError(`${file} cannot be written (${code})`);
      },
    );
    return {
      lines: [
        `${file}: versions, settings without secrets, counts, facts of the gateway and ${bundle.recentErrors.length} errors`,
      ],
      isWell: true,
      data: { file },
    };
  };

/** Confidential although not secret: scanned hosts, and groups of people. */
const isPrivate: ReadonlySet<string> = new Set(["WSC_TARGET_ALLOWLIST", "WSC_ROLE_MAP"]);
