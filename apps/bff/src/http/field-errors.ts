import { type ErrorCode, type FieldError, isErrorCode, WscError } from "@wsc-dashboard/wsc-core";
import type * as z from "zod/mini";

type Issue = z.core.$ZodIssue;

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** 400 when the structure is wrong (a field is missing, unknown or of another type), 422 when only a value is wrong. */
function readIssue(issue: Issue): { error: FieldError; formIsWrong: boolean }[] {
  const pointer = pointerOf(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      error: { pointer: `${pointer}${pointerOf([key])}`, code: "FIELD_UNKNOWN" },
      formIsWrong: true,
    }));
  }
  if (issue.code === "invalid_type") {
    const missing = issue.input === undefined;
    return [{ error: { pointer, code: missing ? "VALUE_REQUIRED" : "VALUE_INVALID" }, formIsWrong: true }];
  }
  if (issue.code === "invalid_union" || issue.code === "invalid_key" || issue.code === "invalid_element") {
    return [{ error: { pointer, code: "VALUE_INVALID" }, formIsWrong: true }];
  }
  const code = isErrorCode(issue.message) ? issue.message : codeOf(issue);
  return [{ error: { pointer, code }, formIsWrong: false }];
}

function codeOf(issue: Issue): ErrorCode {
  if (issue.code === "too_big") return "VALUE_TOO_LONG";
  // An empty string or list counts as a missing value, not as a wrong one.
  const isEmpty =
    issue.code === "too_small" && issue.minimum === 1 && (issue.origin === "string" || issue.origin === "array");
  return isEmpty ? "VALUE_REQUIRED" : "VALUE_INVALID";
}

/** An error that names every invalid field. `part` is the part of the request that failed to parse. */
export function inputError(issues: readonly Issue[], part: "body" | "query" | "params"): WscError {
  const read = issues.flatMap(readIssue);
  const errors = read.map(({ error }) => (error.pointer === "" ? { ...error, pointer: "/" } : error));
  if (part !== "body" || read.some(({ formIsWrong }) => formIsWrong)) {
    return new WscError("INPUT_INVALID", `invalid ${part}`, { errors });
  }
  const codes = new Set(errors.map(({ code }) => code));
  const [only] = codes;
  // For a request as a whole, a missing value is a structural fault.
  const isTold = codes.size === 1 && only !== undefined && only !== "VALUE_REQUIRED";
  return new WscError(isTold ? only : "INPUT_REFUSED", `refused ${part}`, { errors });
}
