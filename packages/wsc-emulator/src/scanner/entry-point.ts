import type { PageRequest } from "./fetch-page.ts";
import type { FormField, PageForm } from "./site-scanner.ts";

/** A request that takes parameters: a URL with a query, or a form. */
export interface EntryPoint {
  method: "GET" | "POST";
  /** Absolute, without query and fragment. */
  url: string;
  query: readonly FormField[];
  /** `null` for a request without a body. */
  body: readonly FormField[] | null;
}

/** One parameter of an entry point; the others keep their values while it is probed. */
export interface ProbePoint {
  entry: EntryPoint;
  parameter: string;
  part: "query" | "body";
  /** The original value of the parameter. */
  usualValue: string;
}

export function entryPointOfUrl(raw: string): EntryPoint {
  const url = new URL(raw);
  return { method: "GET", url: withoutQuery(url), query: readQuery(url), body: null };
}

export function entryPointOfForm(form: PageForm): EntryPoint {
  const action = entryPointOfUrl(form.action);
  return form.method === "GET" ? { ...action, query: form.fields } : { ...action, method: "POST", body: form.fields };
}

/** Returns the probe points of an entry, one per parameter name and part. */
export function probePoints(entry: EntryPoint): ProbePoint[] {
  const points = new Map<string, ProbePoint>();
  for (const part of ["query", "body"] as const) {
    for (const { name, value } of entry[part] ?? []) {
      const key = `${part} ${name}`;
      if (name !== "" && !points.has(key)) points.set(key, { entry, parameter: name, part, usualValue: value });
    }
  }
  return [...points.values()];
}

/** Returns the request with `value` in the point's parameter; without a point, the entry unchanged. */
export function requestFor(entry: EntryPoint, point?: ProbePoint, value = ""): PageRequest {
  const url = new URL(entry.url);
  url.search = encode(entry.query, point?.part === "query" ? point.parameter : null, value);
  return {
    method: entry.method,
    url,
    ...(entry.body === null
      ? {}
      : { body: encode(entry.body, point?.part === "body" ? point.parameter : null, value) }),
  };
}

/** Key that is equal for entries that differ in values only. */
export function shapeOf(entry: EntryPoint): string {
  return JSON.stringify([entry.method, entry.url, names(entry.query), names(entry.body ?? [])]);
}

/** Key that is equal for entries that would send the same request, in any order of parameters. */
export function identityOf(entry: EntryPoint): string {
  return JSON.stringify([entry.method, entry.url, pairs(entry.query), pairs(entry.body ?? [])]);
}

/** Replaces every parameter of that name, because a server may read the first or the last one. */
function encode(fields: readonly FormField[], parameter: string | null, value: string): string {
  return new URLSearchParams(
    fields.map((field): [string, string] => [field.name, field.name === parameter ? value : field.value]),
  ).toString();
}

function withoutQuery(url: URL): string {
  return url.origin + url.pathname;
}

function readQuery(url: URL): FormField[] {
  return [...url.searchParams].map(([name, value]) => ({ name, value }));
}

function names(fields: readonly FormField[]): string[] {
  return [...new Set(fields.map((field) => field.name))].sort();
}

function pairs(fields: readonly FormField[]): string[] {
  return fields.map((field) => JSON.stringify([field.name, field.value])).sort();
}
