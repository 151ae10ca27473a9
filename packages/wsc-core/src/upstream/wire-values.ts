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

/** A number that may come as a digit string; `null` for anything else. */
export function readNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" && /^\s*-?\d+(\.\d+)?\s*%?\s*$/.test(value) ? Number.parseFloat(value) : null;
}

/** A job id as a string of digits; `null` when the value is none. */
export function readInstanceNo(value: unknown): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  return typeof value === "string" && /^[0-9]{1,20}$/.test(value.trim()) ? value.trim() : null;
}
