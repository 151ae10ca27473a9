import { textBeginning } from "../domain/text-beginning.ts";
import { vendorOriginOf } from "../errors/catalogue.ts";
import { documentedStatuses, type EnvelopeForm } from "../errors/certain-refusal.ts";
import { parseWireJson } from "./wire-json.ts";
import { isWireObject, readText, type WireObject } from "./wire-values.ts";

export interface SuccessAnswer {
  readonly kind: "success";
  readonly payload: unknown;
  /** `false` when neither an envelope nor a known payload was seen: only the HTTP status speaks for success. */
  readonly recognised: boolean;
  /** Whether the payload came inside the documented envelope. */
  readonly envelope: "wrapped" | "bare";
  /** Whether the HTTP status or another member indicates a failure or a partial result: such a response proves no absence. */
  readonly isDoubtful: boolean;
}
export interface FailureAnswer {
  readonly kind: "failure";
  /** The vendor's code as text; `null` when the answer names none. */
  readonly code: string | null;
  /** `gateway` only with the HTTP status that the vendor documents for the code, because other systems use the same numbers. */
  readonly origin: "gateway" | "service" | "unknown";
  /** Where the code was found. */
  readonly form: EnvelopeForm;
  /** The vendor's message, detail and field errors joined. Hostile text. */
  readonly message: string;
  readonly httpStatus: number;
}
export interface UnreadableAnswer {
  readonly kind: "unreadable";
  readonly httpStatus: number;
  /** Start of the body, for the log. Hostile text. */
  readonly excerpt: string;
}
export type DecodedAnswer = SuccessAnswer | FailureAnswer | UnreadableAnswer;

const excerptLength = 200;
const maxCodeLength = 100;
const maxMessageLength = 1000;
const maxFieldErrors = 20;

/** Whether a code means success: zero in any spelling. */
const isZero = (code: string): boolean => /^[+-]?0{1,20}(?:\.0{1,20})?$/.test(code);
const isNumber = (text: string): boolean => /^[+-]?[0-9]{1,20}(?:\.0{1,20})?$/.test(text.trim());
const isPayload = (body: WireObject): boolean => "record_data" in body || "report_date" in body || "total_cnt" in body;
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

function codeText(value: unknown): string | null {
  const text = readText(value)?.trim() ?? "";
  return text === "" ? null : text.slice(0, maxCodeLength);
}

/** `fieldErrors` of the vendor's newer APIs: a list of `{ field, message }`. */
function fieldErrorTexts(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, maxFieldErrors).flatMap((entry: unknown) => {
    if (!isWireObject(entry)) return typeof entry === "string" ? [entry] : [];
    const parts = [entry.field, entry.message ?? entry.code].map((part) => readText(part)?.trim() ?? "");
    return [parts.filter((part) => part !== "").join(": ")];
  });
}

/** Joins the vendor's messages from the objects of a response that may hold them. */
function messageOf(sources: readonly unknown[]): string {
  const texts = sources
    .filter(isWireObject)
    .flatMap((source) => [
      source.returnMessage,
      source.message,
      source.returnDesc,
      source.msg,
      source.detail,
      source.details,
      ...fieldErrorTexts(source.fieldErrors),
    ]);
  const words = texts
    .filter((text) => typeof text === "string")
    .map((text) => textBeginning(text, maxMessageLength).trim());
  return textBeginning([...new Set(words.filter((text) => text !== ""))].join(" · "), maxMessageLength).toWellFormed();
}

/** A code found in a response. `place` is "error" for `error.errorCode`, "return-code" for `returnCode`. */
interface NamedCode {
  readonly code: string | null;
  readonly place: "error" | "return-code" | "other";
}

const saysNo = (value: unknown): boolean =>
  value === false || (typeof value === "string" && /^(?:false|no?|fail(?:ed|ure)?)$/i.test(value.trim()));

/** Whether a status that is no object names a failure: a word, or an HTTP status from 400 on. */
function saysFailed(status: unknown): boolean {
  const text = readText(status)?.trim() ?? "";
  return /^(?:err(?:or)?|fail(?:ed|ure)?|ng|nok|false)$/i.test(text) || /^[45]\d\d$/.test(text);
}

/** Returns every code in the response, the most significant place first. A `null` code is a failure without a code. */
function codesOf(body: WireObject): NamedCode[] {
  const { error, responseError, status } = body;
  const codes: NamedCode[] = [];
  const add = (value: unknown, place: NamedCode["place"]): void => {
    const code = codeText(value);
    // A code of another type is not zero.
    if (code !== null || (!isNothing(value) && value !== false && typeof value !== "string"))
      codes.push({ code, place });
  };
  if (isWireObject(error)) {
    if (codeText(error.errorCode) !== null) add(error.errorCode, "error");
    else if (codeText(error.code) !== null) add(error.code, "other");
    else if (!isNothing(error)) codes.push({ code: null, place: "other" });
  } else if (typeof error === "number" || (typeof error === "string" && isNumber(error))) add(error, "other");
  else if (Array.isArray(error) ? error.length > 0 : error === true || codeText(error) !== null) {
    codes.push({ code: null, place: "other" });
  }
  if (isWireObject(responseError)) {
    if (codeText(responseError.returnCode) !== null) add(responseError.returnCode, "other");
    else if (!isNothing(responseError)) codes.push({ code: null, place: "other" });
  }
  add(body.returnCode, "return-code");
  // These count beside a page of jobs too: a list that reports a failure may be incomplete.
  add(body.errorCode, "other");
  add(body.code, "other");
  add(body.resultCode, "other");
  if (isWireObject(status)) add(status.code, "other");
  for (const list of [body.fieldErrors, body.errors]) {
    if (Array.isArray(list) && list.length > 0) codes.push({ code: null, place: "other" });
  }
  if ([body.success, body.isSuccess].some(saysNo) || saysFailed(status)) codes.push({ code: null, place: "other" });
  return codes;
}

/** Whether a body and its error hold only members about the outcome of the call. Any other member may be a result. */
const isWithoutResult = (body: WireObject): boolean =>
  [body, body.error, body.responseError]
    .filter(isWireObject)
    .every((part) => Object.entries(part).every(([name, value]) => envelopeMembers.has(name) || isNothing(value))) &&
  isNothing(body.resources);

function failure(
  httpStatus: number,
  body: WireObject,
  { code, place }: NamedCode,
  codes: readonly NamedCode[],
): FailureAnswer {
  const known = code === null ? null : vendorOriginOf(code);
  const isGateway = known === "gateway" && documentedStatuses(code ?? "").includes(httpStatus);
  const origin = known === "service" ? "service" : isGateway ? "gateway" : "unknown";
  // A response that contradicts itself, or holds more than a failure, rules nothing out.
  const isAlone = codes.every((other) => other.code === code) && isWithoutResult(body);
  const isDocumentedPlace = place !== "other" && isAlone;
  const form: EnvelopeForm = !isDocumentedPlace
    ? "other"
    : place === "return-code"
      ? "return-code"
      : origin === "unknown"
        ? "other"
        : `${origin}-error`;
  const words = typeof body.error === "string" ? [{ message: body.error }] : [];
  const message = messageOf([body.error, body.responseError, body, body.status, ...words]);
  return { kind: "failure", code, origin, form, message, httpStatus };
}

/** Members about the outcome of the call only. */
const envelopeMembers: ReadonlySet<string> = new Set([
  "returnCode",
  "returnDesc",
  "returnMessage",
  "resources",
  "error",
  "responseError",
  "errorCode",
  "code",
  "resultCode",
  "isSuccess",
  "errors",
  "path",
  "message",
  "msg",
  "status",
  "detail",
  "details",
  "fieldErrors",
  "success",
  "timestamp",
  "requestId",
  "traceId",
]);

/** Returns the payload of a success. A body with unknown members stays whole, so that no reader takes it for an empty result. */
function payloadOf(body: WireObject): unknown {
  if (!isNothing(body.resources)) return body.resources;
  const isWhole = Object.entries(body).some(([name, value]) => !envelopeMembers.has(name) && !isNothing(value));
  return isWhole ? body : (body.resources ?? null);
}

const doubtfulName = /err|fail|warn|partial|trunc|incomplete|stale|degraded|timed?_?out/i;

/** Whether a member other than the `judged` ones indicates a failure or a partial result. */
const isMarked = (part: unknown, judged: ReadonlySet<string> = new Set()): boolean =>
  isWireObject(part) &&
  Object.entries(part).some(
    ([name, value]) =>
      doubtfulName.test(name) &&
      !judged.has(name) &&
      !isNothing(value) &&
      !saysNo(value) &&
      !isZero(codeText(value) ?? ""),
  );

/**
 * Classifies a response of the gateway, by its body before its HTTP status (docs/upstream-api.md section 5.5): wrapped and bare
 * payloads, codes as number or text, service errors with HTTP 200 or 4xx, and the other shapes seen on NAVER Cloud. It is a
 * success only when every code is zero; any other code makes it a failure, whatever is beside it. Never throws.
 */
export function decodeEnvelope(httpStatus: number, text: string): DecodedAnswer {
  let body: unknown;
  try {
    body = parseWireJson(text);
  } catch {
    return { kind: "unreadable", httpStatus, excerpt: text.slice(0, excerptLength) };
  }
  if (!isWireObject(body)) return { kind: "unreadable", httpStatus, excerpt: text.slice(0, excerptLength) };

  const codes = codesOf(body);
  const envelope = body.returnCode === undefined ? "bare" : "wrapped";
  const failed = codes.find(({ code }) => code === null || !isZero(code));
  if (failed !== undefined) return failure(httpStatus, body, failed, codes);
  const isOk = httpStatus >= 200 && httpStatus < 300;
  const success = (payload: unknown, recognised: boolean): SuccessAnswer => ({
    ...{ kind: "success", payload, recognised, envelope },
    isDoubtful: !isOk || isMarked(body, envelopeMembers) || (payload !== body && isMarked(payload)),
  });
  if (codes.length > 0) return success(payloadOf(body), true);
  if (isPayload(body)) return success(body, true);
  if (isOk) return success(body, false);
  return failure(httpStatus, body, { code: null, place: "other" }, codes);
}

/**
 * Returns the error code of a failed response: the vendor's code if it certainly is the vendor's, else UPSTREAM_CODE_UNKNOWN, so
 * that a text or number of another system never matches a row of our catalogue by chance.
 */
export function errorCodeOf(answer: FailureAnswer | UnreadableAnswer): string {
  if (answer.kind === "unreadable") return "UPSTREAM_UNREADABLE";
  return answer.code === null || answer.origin === "unknown" ? "UPSTREAM_CODE_UNKNOWN" : answer.code;
}
