import { ApiError, WscError } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { createIdempotencyKey, isCertainRefusal } from "./idempotency-key.ts";

const refusal = (code: string, status: number) => new ApiError(code, "r-1", status, {});

describe("an idempotency key", () => {
  it("has the form the API asks for and is new each time", () => {
    const keys = Array.from({ length: 100 }, createIdempotencyKey);
    for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
    expect(new Set(keys).size).toBe(100);
  });
});

describe("a new key is made", () => {
  it.each([
    ["ROLE_FORBIDDEN", 403],
    ["SUBMISSION_IN_FLIGHT", 409],
    ["INPUT_REFUSED", 422],
  ])("after %s, which leaves no doubt", (code, status) => {
    expect(isCertainRefusal(refusal(code, status))).toBe(true);
  });

  it.each([
    ["the first request is still running", refusal("IDEMPOTENCY_KEY_RUNNING", 409)],
    ["the server failed", refusal("INTERNAL_ERROR", 500)],
    ["the upstream did not answer", refusal("UPSTREAM_TIMEOUT", 504)],
    ["the dashboard did not answer", new WscError("DASHBOARD_UNREACHABLE")],
    ["something else broke", new TypeError("x")],
    ["nothing is known", undefined],
  ])("never while %s", (_, error) => {
    expect(isCertainRefusal(error)).toBe(false);
  });
});
