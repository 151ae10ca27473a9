import { open, writeFile } from "node:fs/promises";
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

/** Limits: entries in the bundle, and bytes read from the end of a log. */
const maxEntries = 500;
const maxLogBytes = 16 * 1024 * 1024;

/** The fields taken from a log line; only those of fixed formats, no sentences. */
const logLine = z.object({
  "@timestamp": z.string().check(z.regex(/^[0-9T:.Z-]{20,30}$/)),
  "log.level": z.enum(["warn", "error", "fatal"]),
  [logFields.code.name]: z.optional(z.string()),
  [logFields.requestId.name]: z.optional(z.string()),
  [logFields.status.name]: z.optional(z.number()),
});

/** Format of our own request ids; those of a proxy may be private. */
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

/** The end of a log, at most `maxLogBytes` of it in memory; also of a pipe, which has neither a size nor positions. */
async function readLog(file: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    const handle = await open(file);
    const found = await handle.stat();
    const start = found.isFile() ? { start: Math.max(0, found.size - maxLogBytes) } : {};
    for await (const chunk of handle.createReadStream(start) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      while (bytes - (chunks[0]?.length ?? 0) >= maxLogBytes) bytes -= chunks.shift()?.length ?? 0;
    }
  } catch {
    throw new RangeError(`${file} cannot be read`);
  }
  return Buffer.concat(chunks).subarray(-maxLogBytes).toString("utf8");
}

/** Names of settings with problems; the sentences are omitted because they may quote values. */
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
 * Writes a file for troubleshooting. It contains no secrets, findings, targets or people by construction: each field is selected
 * individually, and no free text is copied.
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
