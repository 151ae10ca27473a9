import { type FieldError, isErrorCode, WscError } from "@wsc-dashboard/wsc-core";
import type * as z from "zod/mini";

type Issue = z.core.$ZodIssue;

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** 400: the form is wrong (a field missing, unknown, of another type). 422: the form is right, a value is not. */
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
  const code = isErrorCode(issue.message)
    ? issue.message
    : issue.code === "too_big"
      ? "VALUE_TOO_LONG"
      : "VALUE_INVALID";
  return [{ error: { pointer, code }, formIsWrong: false }];
}

/** A failed parse as an error that names every field at fault. `part` is the part of the request that the value is from. */
export function inputError(issues: readonly Issue[], part: "body" | "query" | "params"): WscError {
  const read = issues.flatMap(readIssue);
  const errors = read.map(({ error }) => (error.pointer === "" ? { ...error, pointer: "/" } : error));
  if (part !== "body" || read.some(({ formIsWrong }) => formIsWrong)) {
    return new WscError("INPUT_INVALID", `invalid ${part}`, { errors });
  }
  const codes = new Set(errors.map(({ code }) => code));
  const [only] = codes;
  return new WscError(codes.size === 1 && only !== undefined ? only : "INPUT_REFUSED", `refused ${part}`, { errors });
}
