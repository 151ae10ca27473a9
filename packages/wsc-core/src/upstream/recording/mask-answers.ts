import { jobStatusCodes, jobStatusTable, readJobStatus } from "../../domain/job-status.ts";
import { readSeverity } from "../../domain/severity.ts";
import { errorCatalogue } from "../../errors/catalogue.ts";
import { readVendorDate, readVendorPeriod } from "../vendor-date.ts";
import { parseWireJson } from "../wire-json.ts";
import { readCount, readPercent } from "../wire-values.ts";
import { createIdMask, type IdMask } from "./mask-ids.ts";
import { createTextMask, type TextMask, type WordDigest } from "./mask-text.ts";
import type { RecordedCall } from "./recording.ts";
import { type JsonToken, rewriteJson } from "./rewrite-json.ts";

export interface MaskOptions {
  readonly digest: WordDigest;
  /** Words for check items in the contract. */
  readonly itemWords: readonly string[];
  /** Also keeps unknown status texts, buttons and item names, for a file that is reviewed before it is shared. */
  readonly isVocabularyKept?: boolean;
}

/** fields: members named by the vendor. map: the names are values, such as hosts and items. counts: a map with counts inside. */
type Place = "fields" | "map" | "counts" | "other";

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Words of the vendor's own sentences; numbers are not among them. */
const sentenceWords: ReadonlySet<string> = new Set(
  [
    ...Object.values(errorCatalogue as Readonly<Record<string, { readonly wireMessage?: string }>>).map(
      ({ wireMessage = "" }) => wireMessage,
    ),
    "Request Success",
    "A subscription to the API is required. Authentication information are missing. Invalid authentication information.",
    "URL not found. Permission denied. Not allowed. Internal Server Error. Bad Gateway. Service Unavailable. Gateway Timeout. Too many requests.",
    "Content-Type must be application/json. The body is not JSON. Forbidden. Unauthorized.",
  ]
    .flatMap(words)
    .filter((word) => !/[0-9]/.test(word)),
);
const markupWords: ReadonlySet<string> = new Set([
  ...sentenceWords,
  ..."doctype html head title meta charset utf body h1 h2 p div center hr br nginx apache xml version encoding error code message details".split(
    " ",
  ),
]);

const statusWords: ReadonlySet<string> = new Set(
  jobStatusCodes.flatMap((code) => {
    const { text, words: table } = jobStatusTable[code];
    return [text, ...Object.values(table)];
  }),
);
const buttons: ReadonlySet<string> = new Set(["", "report", "cancel", "terminate", "expired", "cause"]);
const userAgents: ReadonlySet<string> = new Set(["Android", "iPhone", "PC Chrome", "PC IE"]);
const methods: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);

const idFields = /^(?:master)?instance_?(?:no|id)$/i;
const codeFields: ReadonlySet<string> = new Set(["returnCode", "errorCode", "code"]);
const sentenceFields: ReadonlySet<string> = new Set(
  "returnDesc returnMessage message msg detail details error".split(" "),
);
const countFields: ReadonlySet<string> = new Set(
  "total_cnt total_page_cnt current_start_page current_end_page progress crawl_cnt scan_cnt".split(" "),
);
const dateFields: ReadonlySet<string> = new Set(
  "start_date end_date report_date Crawl_Time Scan_Time timestamp".split(" "),
);
/** Members whose objects hold further vendor members. */
const fieldContainers: ReadonlySet<string> = new Set(
  "resources record_data error responseError status data result".split(" "),
);
const mapContainers: Readonly<Record<string, Place>> = {
  Classify_byRisk_Level: "counts",
  Classify_byRisk_Domain: "counts",
  Classify_byRisk_Vulnerability: "counts",
  Details: "map",
  Recommendation: "map",
};
/** Names inside maps that reveal nothing about the site. */
const rowFields: ReadonlySet<string> = new Set(
  "total high medium middle low info risk risklevel risk_level severity level url uri method parameter param params evidence proof payload detail details item items name list rows count cnt vuln vulnerability 합계 전체 높음 중간 낮음 상 중 하 上 中 下 高 低".split(
    " ",
  ),
);
/** A member of the vendor that the contract does not know: letters and underscores, so neither a host nor an address. */
const plainName = /^[A-Za-z][A-Za-z_]{0,39}$/;
const plainWords = /^[\p{L} -]{1,40}$/u;

interface Masks {
  readonly text: TextMask;
  readonly id: IdMask;
  readonly items: ReadonlySet<string>;
  readonly isVocabularyKept: boolean;
  readonly now: Date;
}

const withSameEscapes = (literal: string, text: string): string => {
  const written = JSON.stringify(text);
  const ascii = /\\u[0-9a-f]{4}/i.test(literal)
    ? written.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)
    : written;
  return literal.includes("\\/") ? ascii.replaceAll("/", "\\/") : ascii;
};

function isDate(value: string, now: Date): boolean {
  const context = { zone: "UTC", now };
  const { start, end } = readVendorPeriod(value, context);
  const isRead = readVendorDate(value, context, Number.MAX_SAFE_INTEGER) !== null;
  // Placeholders of punctuation and zeros reveal nothing. An unknown format keeps its shape and loses its digits.
  return isRead || (start !== null && end !== null) || /^[0:./ ~-]{0,48}$/.test(value);
}

function isKeptText({ key, text }: JsonToken<Place>, { items, isVocabularyKept, now }: Masks): boolean {
  const isVocabulary = isVocabularyKept && plainWords.test(text);
  if (codeFields.has(key)) return /^-?[0-9]{1,7}$/.test(text);
  if (countFields.has(key)) return readCount(text) !== null || readPercent(text) !== null;
  if (dateFields.has(key)) return isDate(text, now);
  if (key === "status") return statusWords.has(text) || readJobStatus(text).code !== undefined || isVocabulary;
  if (key === "result_button") return buttons.has(text.trim().toLowerCase()) || isVocabulary;
  if (key === "User_Agent") return userAgents.has(text);
  return key === "Vulnerability_Category" && items.has(text);
}

function maskItems(list: string, { items, text, isVocabularyKept }: Masks): string {
  return list
    .split(",")
    .map((part) => {
      const name = part.trim();
      return items.has(name) || (isVocabularyKept && plainWords.test(name)) ? part : text.text(part);
    })
    .join(",");
}

function maskString(token: JsonToken<Place>, masks: Masks): string {
  const { key, text, place } = token;
  if (place === "fields") {
    if (idFields.test(key) && /^[0-9]{1,20}$/.test(text.trim())) return text.replace(/[0-9]+/, masks.id);
    if (isKeptText(token, masks)) return text;
    if (key === "Vulnerability_Category") return maskItems(text, masks);
    return masks.text.text(text, sentenceFields.has(key) ? sentenceWords : undefined);
  }
  const name = key.toLowerCase();
  if (place === "counts" && readCount(text) !== null && text.length <= 9) return text;
  if (place !== "other" && readSeverity(text) !== null) return text;
  if (name === "method" && methods.has(text)) return text;
  if (place === "map" && masks.items.has(text)) return text;
  return masks.text.text(text);
}

function maskKey({ text, place }: JsonToken<Place>, { items, isVocabularyKept, text: mask }: Masks): string {
  if (place === "fields" && plainName.test(text)) return text;
  if (rowFields.has(text.toLowerCase()) || items.has(text) || /^[0-9]{1,3}$/.test(text)) return text;
  return isVocabularyKept && place !== "other" && plainWords.test(text) ? text : mask.text(text);
}

/** Short names may get the same pseudonym, but the number of members must not change. */
function distinctKey(masked: string, { taken }: JsonToken<Place>): string {
  const times = taken.get(masked) ?? 0;
  taken.set(masked, times + 1);
  return times === 0 ? masked : `${masked}_${times}`;
}

function maskNumber({ key, place, literal }: JsonToken<Place>, { text, id }: Masks): string {
  if (place === "fields") {
    if (idFields.test(key)) return /^[1-9][0-9]{0,19}$/.test(literal) ? id(literal) : text.number(literal);
    const longest = codeFields.has(key)
      ? 7
      : countFields.has(key)
        ? 9
        : dateFields.has(key)
          ? 13
          : key === "status"
            ? 3
            : 0;
    if (longest > 0) return literal.length <= longest ? literal : text.number(literal);
  }
  return place === "counts" && literal.length <= 9 ? literal : text.number(literal);
}

const enter = (place: Place, key: string): Place => {
  if (place !== "fields") return place;
  const map = Object.hasOwn(mapContainers, key) ? mapContainers[key] : undefined;
  return map ?? (fieldContainers.has(key) ? "fields" : "other");
};

function isJson(text: string): boolean {
  try {
    parseWireJson(text);
    return true;
  } catch {
    return false;
  }
}

function maskBody(body: string, masks: Masks): string {
  if (!isJson(body)) return masks.text.text(body, markupWords);
  return rewriteJson<Place>(body, {
    root: "fields",
    enter,
    replace: (token) => {
      if (token.kind === "number") return maskNumber(token, masks);
      const masked = token.kind === "key" ? distinctKey(maskKey(token, masks), token) : maskString(token, masks);
      return masked === token.text ? token.literal : withSameEscapes(token.literal, masked);
    },
  });
}

function idsIn(body: string): string[] {
  const ids: string[] = [];
  if (!isJson(body)) return ids;
  rewriteJson<Place>(body, {
    root: "fields",
    enter,
    replace: ({ kind, key, place, text, literal }) => {
      const id = text.trim();
      if (kind !== "key" && place === "fields" && idFields.test(key) && /^[1-9][0-9]{0,19}$/.test(id)) ids.push(id);
      return literal;
    },
  });
  return ids;
}

const contentTypes =
  /^(?:application|text)\/(?:json|xml|html|plain|problem\+json)(?:; ?charset="?[a-z0-9-]{1,12}"?)?$/i;
const httpDate = /^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$/;

/** Only the search keyword is private; the rest of the body is ours. */
function maskRequestBody(body: string, text: TextMask): string {
  return rewriteJson(body, {
    root: null,
    enter: () => null,
    replace: ({ kind, key, literal, text: value }) =>
      kind === "string" && key === "searchKeyword" ? JSON.stringify(text.text(value)) : literal,
  });
}

/**
 * Masks calls so that they can be shared: known harmless values stay (codes, counts, dates, documented words), everything else
 * keeps only its form. Runs in time linear in the length of the responses.
 */
export function maskCalls(
  calls: readonly RecordedCall[],
  { digest, itemWords, isVocabularyKept = false }: MaskOptions,
): RecordedCall[] {
  const text = createTextMask(digest);
  const ids = calls.flatMap(({ about, pathAndQuery, answer }) => [
    ...[about ?? "", /\/jobs\/([0-9]+)/.exec(pathAndQuery)?.[1] ?? ""].filter((id) => /^[1-9]/.test(id)),
    ...(answer === null ? [] : idsIn(answer.body)),
  ]);
  const id = createIdMask(ids, digest);
  const masks: Masks = { text, id, items: new Set(itemWords), isVocabularyKept, now: new Date() };
  return calls.map((call) => ({
    ...call,
    pathAndQuery: call.pathAndQuery.replace(/(?<=\/jobs\/)[0-9]+/, id),
    body: call.body === null ? null : maskRequestBody(call.body, text),
    about: call.about === null ? null : id(call.about),
    answer:
      call.answer === null
        ? null
        : {
            httpStatus: call.answer.httpStatus,
            date:
              call.answer.date !== null && !httpDate.test(call.answer.date)
                ? text.text(call.answer.date)
                : call.answer.date,
            contentType:
              call.answer.contentType !== null && !contentTypes.test(call.answer.contentType)
                ? text.text(call.answer.contentType)
                : call.answer.contentType,
            traceId: call.answer.traceId === null ? null : text.text(call.answer.traceId),
            body: maskBody(call.answer.body, masks),
          },
  }));
}
