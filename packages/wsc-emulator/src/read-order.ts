import { isWebUrl, speeds, userAgents } from "@wsc-dashboard/wsc-core";
import { itemWords } from "./item-words.ts";
import type { JobOrder } from "./job-record.ts";
import type { EmulatorSettings } from "./settings.ts";

/** The service code with which createJob refuses a body. */
type Refusal = "160331" | "160431" | "160432" | "160433";

const orderFields = [
  "StartUrl",
  "ExcludeUrl",
  "Headers",
  "VulnItems",
  "UserAgent",
  "Speed",
  "Memo",
  "MasterInstanceNo",
] as const;
const requiredFields = ["StartUrl", "VulnItems", "UserAgent", "Speed"] as const;
const knownItems: ReadonlySet<string> = new Set(["ALL", ...itemWords]);

// RFC 9110 sections 5.6.2 and 5.5.
const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");
const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
const isOneOf = <const T extends string>(words: readonly T[], value: string): value is T =>
  (words as readonly string[]).includes(value);

function readHeaders(value: unknown): Record<string, string> | null {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) return null;
  const headers: Record<string, string> = {};
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== "string" || !headerName.test(name) || !headerValue.test(text)) return null;
    headers[name] = text;
  }
  return headers;
}

function readOptionalText(value: unknown): string | null {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : null;
}

/**
 * Parses the body of createJob (docs/upstream-api.md section 6.2) as strictly as the vendor's error table allows: a missing value
 * is 160432, a wrong type or an unknown name 160431, a word outside its list 160433, a URL of another scheme 160331.
 */
export function readOrder(body: unknown, { itemsMode }: Pick<EmulatorSettings, "itemsMode">): JobOrder | Refusal {
  if (body === undefined || body === null) return "160432";
  if (!isObject(body)) return "160431";
  if (requiredFields.some((name) => isAbsent(body[name]))) return "160432";
  if (Object.keys(body).some((name) => !isOneOf(orderFields, name))) return "160431";

  const { StartUrl: startUrl, VulnItems: items, UserAgent: userAgent, Speed: speed } = body;
  if (typeof startUrl !== "string" || typeof userAgent !== "string" || typeof speed !== "string") return "160431";
  if (!isTextList(items)) return "160431";
  if (!/^https?:\/\//i.test(startUrl)) return "160331";
  if (!isWebUrl(startUrl)) return "160431";

  const excludeUrls = body.ExcludeUrl ?? [];
  if (!isTextList(excludeUrls) || !excludeUrls.every(isWebUrl)) return "160431";
  const headers = readHeaders(body.Headers);
  const memo = readOptionalText(body.Memo);
  const master = readOptionalText(body.MasterInstanceNo);
  if (headers === null || memo === null || master === null) return "160431";

  if (!isOneOf(userAgents, userAgent) || !isOneOf(speeds, speed)) return "160433";
  const isKnown = (word: string): boolean =>
    itemsMode === "strict" ? knownItems.has(word) : word !== "" && word.trim() === word;
  if (!items.every(isKnown)) return "160433";

  const masterInstanceNo = master === "" ? null : master;
  return { startUrl, excludeUrls, headers, items, userAgent, speed, memo, masterInstanceNo };
}
