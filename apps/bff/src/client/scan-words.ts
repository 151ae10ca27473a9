import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type JobRequestInput, readWebUrl, speeds, userAgents } from "@wsc-dashboard/wsc-core";
import { ClientFailure } from "./exit-code.ts";
import { readSeverityLimit, type SeverityLimit } from "./severity-limit.ts";

/** The job request without the consent. */
export type ScanOrder = Omit<JobRequestInput, "consent">;

export interface ScanWords {
  readonly order: ScanOrder;
  readonly isAccepted: boolean;
  readonly isWaiting: boolean;
  readonly timeoutMs: number;
  readonly failOn: SeverityLimit;
  readonly sarif: string | null;
  readonly key: string | undefined;
}

const options = {
  "accept-charges": { type: "boolean", default: false },
  wait: { type: "boolean", default: false },
  timeout: { type: "string", default: "12h" },
  "fail-on": { type: "string" },
  sarif: { type: "string" },
  key: { type: "string" },
  memo: { type: "string", default: "" },
  exclude: { type: "string", multiple: true, default: [] as string[] },
  items: { type: "string", default: "ALL" },
  "user-agent": { type: "string", default: "PC Chrome" },
  speed: { type: "string", default: "1" },
  "headers-file": { type: "string" },
  "rescan-of": { type: "string" },
} as const;

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

function readDuration(text: string): number {
  const [, amount = "", unit = ""] = /^([0-9]{1,6})([smh])$/.exec(text) ?? [];
  const ms = Number(amount) * (unitMs[unit] ?? 0);
  if (ms === 0) throw new ClientFailure("usage", "--timeout is a number with s, m or h, such as 90m");
  return ms;
}

/**
 * Reads headers for the scanned site, one `Name: value` per line, from a file, since command line arguments are visible to all
 * users of a machine.
 */
function readHeaders(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new ClientFailure("usage", `--headers-file cannot be read (${code})`);
  }
  const lines = text.split("\n").map((line) => line.trim());
  const headers: Record<string, string> = {};
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    const colon = line.indexOf(":");
    if (colon < 1) throw new ClientFailure("usage", `--headers-file: line ${index + 1} is not "Name: value"`);
    headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  return headers;
}

function oneOf<Word extends string>(option: string, words: readonly Word[], text: string): Word {
  const known = words.find((word) => word === text);
  if (known === undefined) throw new ClientFailure("usage", `${option} is one of ${words.join(", ")}`);
  return known;
}

/** Parses the arguments of `wsc scan`; `null` when they are invalid. Throws ClientFailure. */
export function readScanWords(args: readonly string[]): ScanWords | null {
  const read = (() => {
    try {
      return parseArgs({ args: [...args], options, allowPositionals: true });
    } catch {
      return null;
    }
  })();
  if (read === null || read.positionals.length !== 1) return null;
  const { values, positionals } = read;
  const startUrl = readWebUrl(positionals[0] ?? "");
  if (startUrl === null) throw new ClientFailure("usage", "the URL is not an absolute http or https address");
  const headers = values["headers-file"] === undefined ? null : readHeaders(values["headers-file"]);
  const rescanOf = values["rescan-of"];
  return {
    order: {
      startUrl,
      excludeUrls: values.exclude,
      items: values.items.split(",").map((item) => item.trim()),
      userAgent: oneOf("--user-agent", userAgents, values["user-agent"]),
      speed: oneOf("--speed", speeds, values.speed),
      memo: values.memo,
      ...(headers === null ? {} : { signIn: { kind: "headers" as const, headers } }),
      ...(rescanOf === undefined ? {} : { rescanOf }),
    },
    isAccepted: values["accept-charges"],
    // Findings and files need the finished report.
    isWaiting: values.wait || values["fail-on"] !== undefined || values.sarif !== undefined,
    timeoutMs: readDuration(values.timeout),
    failOn: readSeverityLimit(values["fail-on"] ?? "none"),
    sarif: values.sarif ?? null,
    key: values.key,
  };
}
