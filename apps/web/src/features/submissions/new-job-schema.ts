import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { type JobRequest, jobRequestSchema } from "@wsc-dashboard/wsc-core";
import type { Resolver } from "react-hook-form";
import type { NewJobValues } from "./new-job-values.ts";

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
type Read = { readonly value: JobRequest; readonly issues?: undefined } | { readonly issues: readonly Issue[] };

function read(values: unknown): Read {
  const result = jobRequestSchema.safeParse(values);
  if (result.success) return { value: result.data };
  // The sign-in is one field of the form: its rows are no fields the form library knows, and it drops their errors.
  const issues = result.error.issues.map(({ message, path }) => ({
    message,
    path: path[0] === "signIn" ? ["signIn"] : path,
  }));
  return { issues };
}

/**
 * The contract's schema, asked twice: what compares fields with each other is only looked at once every field is good by
 * itself, and the agreement, given last, must not hide that until the end.
 */
function validate(values: unknown): Read {
  const asIs = read(values);
  if (asIs.issues === undefined) return asIs;
  const { consent } = values as NewJobValues;
  const agreed = read({ ...(values as NewJobValues), consent: { ...consent, accepted: true } });
  const known = new Set(asIs.issues.map(({ path }) => String(path)));
  return { issues: [...asIs.issues, ...(agreed.issues ?? []).filter(({ path }) => !known.has(String(path)))] };
}

export const newJobResolver = standardSchemaResolver<NewJobValues, unknown, JobRequest>({
  "~standard": { version: 1, vendor: "wsc-dashboard", validate },
}) as Resolver<NewJobValues, unknown, JobRequest>;
