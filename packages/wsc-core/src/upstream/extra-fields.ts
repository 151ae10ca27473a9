import { textBeginning } from "../domain/text-beginning.ts";
import { withoutSignIn } from "./redact-sign-in.ts";
import { isWireObject, readText, type WireObject } from "./wire-values.ts";

const maxFields = 40;
const maxNameLength = 100;
const maxValueLength = 500;

function textOf(value: unknown): string {
  const text = readText(value) ?? (typeof value === "boolean" ? String(value) : JSON.stringify(value));
  return (text.length > maxValueLength ? `${textBeginning(text, maxValueLength)}…` : text).toWellFormed();
}

/**
 * Returns the fields of a record beyond the contract, as text: unknown fields, and known ones that hold a list or an object.
 * Sign-in data is removed; at most 40 fields, with names of 100 and values of 500 characters.
 */
export function readExtraFields(record: WireObject, knownFields: ReadonlySet<string>): Record<string, string> {
  const isExtra = (name: string, value: unknown): boolean =>
    value !== null &&
    value !== undefined &&
    value !== "" &&
    (!knownFields.has(name) || Array.isArray(value) || (isWireObject(value) && name !== "status"));
  const extra = Object.keys(record).filter((name) => isExtra(name, record[name]));
  if (extra.length === 0) return {};
  const cleaned = withoutSignIn(Object.fromEntries(extra.slice(0, maxFields).map((name) => [name, record[name]])));
  if (cleaned === null) return {};
  return Object.fromEntries(
    Object.entries(cleaned.wire).map(([name, value]) => [
      textBeginning(name, maxNameLength).toWellFormed(),
      textOf(value),
    ]),
  );
}
