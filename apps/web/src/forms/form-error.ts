import { isErrorCode } from "@wsc-dashboard/wsc-core";

/** An error in a form: the dotted path of the form value, the code, and the line of a list field. */
export interface FormError {
  readonly path: string;
  readonly code: string;
  /** Counted from 1, for fields with one entry per line. */
  readonly line?: number;
}

interface Located {
  readonly message?: unknown;
}

/** The schema's messages are codes of the catalogue; a library's own message is not for people and becomes VALUE_INVALID. */
function codeOf(message: unknown): string {
  return typeof message === "string" && message !== "" && (isErrorCode(message) || /^[0-9]{2,6}$/.test(message))
    ? message
    : "VALUE_INVALID";
}

/** Flattens a form library's error object: errors of list entries become lines of their field, nested objects keep their path. */
export function flattenErrors(errors: unknown, path = ""): readonly FormError[] {
  if (typeof errors !== "object" || errors === null) return [];
  const message = (errors as Located).message;
  if (typeof message === "string" && "type" in errors) return [{ path, code: codeOf(message) }];
  if (Array.isArray(errors)) {
    return errors.flatMap((entry, index) => flattenErrors(entry, path).map((error) => ({ ...error, line: index + 1 })));
  }
  return Object.entries(errors).flatMap(([name, entry]) => {
    if (name === "ref") return [];
    if (name === "root") return flattenErrors(entry, path);
    return flattenErrors(entry, path === "" ? name : `${path}.${name}`);
  });
}

/** A JSON pointer of a problem as a path of form values: "/signIn/headers/Cookie" becomes "signIn.headers.Cookie". */
export function pathOfPointer(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}
