import { describe, expect, it } from "vitest";
import { isErrorCode } from "../errors/catalogue.ts";
import { jobListQuerySchema } from "./existing-jobs.ts";
import { jobRequestSchema } from "./jobs.ts";

const good = { startUrl: "https://shop.example.com/", consent: { textVersion: "1", accepted: true } };

describe("a job request", () => {
  it("requires a target and consent; everything else has a default", () => {
    expect(jobRequestSchema.parse(good)).toEqual({
      ...good,
      excludeUrls: [],
      items: ["ALL"],
      userAgent: "PC Chrome",
      speed: "1",
      memo: "",
      hosting: "ncloud",
      signIn: { kind: "none" },
      when: { kind: "now" },
    });
  });

  it("accepts unlisted items", () => {
    expect(jobRequestSchema.safeParse({ ...good, items: ["SQL Injection", "새 항목"] }).success).toBe(true);
  });

  const refusals: [string, Record<string, unknown>, string, string][] = [
    ["a target without scheme", { startUrl: "shop.example.com" }, "startUrl", "160331"],
    ["another scheme", { startUrl: "ftp://shop.example.com/" }, "startUrl", "160331"],
    ["a script as target", { startUrl: "javascript:alert(1)" }, "startUrl", "160331"],
    ["a target with a password", { startUrl: "https://me:pw@shop.example.com/" }, "startUrl", "URL_INVALID"],
    ["an empty target", { startUrl: "  " }, "startUrl", "160432"],
    ["an endless target", { startUrl: `https://shop.example.com/${"a".repeat(2000)}` }, "startUrl", "VALUE_TOO_LONG"],
    [
      "an exclusion on another host",
      { excludeUrls: ["https://shop.example.com/a", "https://other.example.com/"] },
      "excludeUrls.1",
      "URL_OTHER_HOST",
    ],
    ["a relative exclusion", { excludeUrls: ["/logout"] }, "excludeUrls.0", "URL_INVALID"],
    ["no items", { items: [] }, "items", "160432"],
    ["ALL among others", { items: ["ALL", "XSS"] }, "items", "ITEMS_ALL_ALONE"],
    ["an unknown browser", { userAgent: "Lynx" }, "userAgent", "160433"],
    ["an unknown speed", { speed: "4" }, "speed", "160433"],
    ["speed as a number", { speed: 1 }, "speed", "160433"],
    ["a memo with a control character", { memo: "a\u0000" }, "memo", "VALUE_INVALID"],
    ["a memo with half a character", { memo: "a\ud83d" }, "memo", "VALUE_INVALID"],
    ["an item with a control character", { items: ["XSS\u0007"] }, "items.0", "VALUE_INVALID"],
    ["an endless memo", { memo: "가".repeat(501) }, "memo", "VALUE_TOO_LONG"],
    ["no consent", { consent: { textVersion: "1", accepted: false } }, "consent.accepted", "CONSENT_REQUIRED"],
    [
      "consent to a text that never was",
      { consent: { textVersion: "99", accepted: true } },
      "consent.textVersion",
      "CONSENT_REQUIRED",
    ],
    [
      "a header name with a line break",
      { signIn: { kind: "headers", headers: { "Cookie\r\nX": "1" } } },
      "signIn.headers",
      "HEADER_NOT_ALLOWED",
    ],
    [
      "a header value with a line break",
      { signIn: { kind: "headers", headers: { Cookie: "a\r\nX: 1" } } },
      "signIn.headers.Cookie",
      "HEADER_NOT_ALLOWED",
    ],
    [
      "the Host header",
      { signIn: { kind: "headers", headers: { host: "x" } } },
      "signIn.headers",
      "HEADER_NOT_ALLOWED",
    ],
    ["sign-in by headers without one", { signIn: { kind: "headers", headers: {} } }, "signIn.headers", "160432"],
  ];
  it.each(refusals)("is refused with %s", (_, change, path, code) => {
    const read = jobRequestSchema.safeParse({ ...good, ...change });
    const issues = read.success ? [] : read.error.issues.map((issue) => [issue.path.join("."), issue.message]);
    expect(issues).toContainEqual([path, code]);
    expect(isErrorCode(code)).toBe(true);
  });

  it.each([
    { state: "BOUND" },
    { ownerId: "x" },
    { instanceNo: "1" },
    { consent: { ...good.consent, by: "x" } },
    { signIn: { kind: "none", headers: {} } },
    { signIn: { kind: "magic" } },
    { rescanOf: "../1" },
    { rescanOf: 7 },
  ])("is refused with the foreign or malformed part %j", (change) => {
    expect(jobRequestSchema.safeParse({ ...good, ...change }).success).toBe(false);
  });

  it("accepts __proto__ nowhere", () => {
    const sneaky = JSON.parse(
      `{"startUrl":"https://shop.example.com/","consent":{"textVersion":"1","accepted":true},"__proto__":{"speed":"3"}}`,
    );
    expect(jobRequestSchema.safeParse(sneaky).success).toBe(false);
  });
});

describe("the query of the list", () => {
  it("has defaults", () => {
    expect(jobListQuerySchema.parse({})).toEqual({ q: "", searchBy: "url", page: 1, limit: 50 });
    expect(jobListQuerySchema.parse({ status: "92", limit: "100", page: "3" })).toMatchObject({
      status: 92,
      limit: 100,
      page: 3,
    });
  });

  it.each([
    { limit: "0" },
    { limit: "101" },
    { limit: "1e1" },
    { limit: "-5" },
    { limit: "" },
    { page: "0" },
    { page: "1.5" },
    { status: "7" },
    { status: "all" },
    { searchBy: "owner" },
    { sort: "start" },
    { limit: ["1", "2"] },
  ])("refuses %j", (query) => {
    expect(jobListQuerySchema.safeParse(query).success).toBe(false);
  });
});
