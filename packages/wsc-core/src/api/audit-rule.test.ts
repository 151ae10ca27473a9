import { describe, expect, it } from "vitest";
import { auditActions } from "./audit-actions.ts";
import { auditActionOf, auditRuleOf } from "./audit-rule.ts";
import { bffApi } from "./bff-api.ts";
import { type Contract, roles } from "./endpoint.ts";

const contract: Contract = bffApi;
const endpoints = Object.values(contract).flatMap((verbs) => Object.values(verbs));

describe("what the audit log records", () => {
  it("includes every call that is not a GET, unless the contract names another writer or says that it changes nothing", () => {
    expect(auditRuleOf({ method: "DELETE" })).toBe("call");
    expect(auditRuleOf({ method: "GET" })).toBe("none");
    expect(auditRuleOf({ method: "GET", audit: "call" })).toBe("call");
    expect(auditRuleOf({ method: "POST", audit: "none" })).toBe("none");
  });

  it("includes every idempotent call, since it changes something", () => {
    const silent = endpoints
      .filter(({ idempotency }) => idempotency !== undefined)
      .filter((one) => auditRuleOf(one) === "none");
    expect(silent).toEqual([]);
  });

  it("has an action for every change and every call that can be denied", () => {
    const recorded = Object.entries(contract).flatMap(([noun, verbs]) =>
      Object.entries(verbs)
        .filter(([, one]) => auditRuleOf(one) !== "none" || one.roles.length < roles.length)
        .map(([verb]) => auditActionOf(noun, verb)),
    );
    expect(recorded.filter((action) => !(auditActions as readonly string[]).includes(action))).toEqual([]);
  });

  it.each([
    ["jobs", "cancel", "job.cancel"],
    ["status", "test", "status.test"],
    ["audit", "export", "audit.export"],
  ])("is called by one word in the singular: %s.%s", (noun, verb, action) => {
    expect(auditActionOf(noun, verb)).toBe(action);
  });
});
