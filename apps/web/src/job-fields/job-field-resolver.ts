import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import type { FieldValues, Resolver } from "react-hook-form";
import type { JobFieldValues } from "./job-field-values.ts";

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
export type FormRead<Request> =
  | { readonly value: Request; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

const keyOf = (part: PropertyKey | { readonly key: PropertyKey } | undefined): string =>
  String(typeof part === "object" ? part.key : part);

/** Name/value rows are one form field each: react-hook-form does not know the rows and would drop their errors. */
function pathInForm(path: Issue["path"]): Issue["path"] {
  if (path === undefined || keyOf(path[0]) !== "signIn") return path;
  return keyOf(path[1]) === "headers" ? ["signIn"] : path.slice(0, 2);
}

/**
 * Validates a form by the contract's schema in two passes: rules across fields are only checked once every field is valid by
 * itself, and a consent that is still missing, since it is given last, must not hide them.
 */
export function jobFieldResolver<Values extends JobFieldValues & FieldValues, Request>(
  readValues: (values: Values) => FormRead<Request>,
): Resolver<Values, unknown, Request> {
  const read = (values: Values): FormRead<Request> => {
    const result = readValues(values);
    if (result.issues === undefined) return result;
    return { issues: result.issues.map(({ message, path }) => ({ message, path: pathInForm(path) })) };
  };
  const validate = (given: unknown): FormRead<Request> => {
    const values = given as Values;
    const asIs = read(values);
    if (asIs.issues === undefined) return asIs;
    const agreed = read({
      ...values,
      consent: { ...values.consent, accepted: true },
      managedConsent: { ...values.managedConsent, accepted: true },
    });
    const known = new Set(asIs.issues.map(({ path }) => String(path)));
    return { issues: [...asIs.issues, ...(agreed.issues ?? []).filter(({ path }) => !known.has(String(path)))] };
  };
  return standardSchemaResolver({
    "~standard": { version: 1, vendor: "wsc-dashboard", validate },
  } as never) as unknown as Resolver<Values, unknown, Request>;
}
