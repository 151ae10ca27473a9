import * as z from "zod/mini";

/** A JSON object with any members. */
export const wireObjectSchema = z.record(z.string(), z.unknown());
export type WireObject = z.output<typeof wireObjectSchema>;

export function isWireObject(value: unknown): value is WireObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A code or id that may come as number or as string, as text; `null` for anything else. */
export function readText(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : null;
}

/** No number of the vendor is longer; bounds the patterns below. */
const maxNumberLength = 40;
/** Digits, or groups of three digits with one kind of separator: comma, blank (also no-break and thin) or apostrophe. */
const countText =
  /^(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d{1,3}(?:['\u2019]\d{3})+)(?:\.0)?$/;

/**
 * Reads a count: an integer from 0 to 2^53 - 1, as number or text, optionally with separators between groups of three digits.
 * Returns `null` for anything else: fractions, negative numbers, values a double cannot hold.
 */
export function readCount(value: unknown): number | null {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? value : null;
  if (typeof value !== "string" || value.length > maxNumberLength) return null;
  const text = value.trim();
  if (!countText.test(text)) return null;
  const count = Number(text.replace(/\.0$/, "").replace(/[^0-9]/g, ""));
  return Number.isSafeInteger(count) ? count : null;
}

/** A share from 0 to 100, as number or as text, with or without a percent sign; `null` for anything else. */
export function readPercent(value: unknown): number | null {
  const number =
    typeof value === "string" && value.length <= maxNumberLength && /^\d{1,3}(?:\.\d+)?\s?%?$/.test(value.trim())
      ? Number.parseFloat(value)
      : value;
  return typeof number === "number" && number >= 0 && number <= 100 ? number : null;
}

/** A job id as a string of digits without leading zeros, so that each job has one spelling; `null` when the value is none. Zero is no id. */
export function readInstanceNo(value: unknown): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) && value > 0 ? String(value) : null;
  if (typeof value !== "string") return null;
  const text = value.trim();
  return /^[0-9]{1,20}$/.test(text) && /[1-9]/.test(text) ? text.replace(/^0+/, "") : null;
}
