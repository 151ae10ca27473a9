import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { curlText } from "./curl-text.ts";
import { handOverOf } from "./hand-over.ts";
import { rescanDaysLeft, rescanLedgerOf } from "./rescan-ledger.ts";

const shellWords = (command: string): string[] =>
  execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }; ${command}`], { env: {}, encoding: "utf8" })
    .split("\0")
    .slice(0, -1);

describe("a call as a curl command", () => {
  it("is parsed by a shell as exactly the body, for any text", () => {
    const anyBody = fc.string({ unit: "grapheme", maxLength: 80 }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(anyBody, (text) => {
        const body = JSON.stringify({ Memo: `${text}' $(id) \`id\` "$HOME"` });
        const words = shellWords(curlText({ method: "PUT", origin: "https://a.example.com", path: "/b", body }));
        expect(words).toContain("https://a.example.com/b");
        expect(words[words.indexOf("--data-raw") + 1]).toBe(body);
        expect(words).toHaveLength(7);
      }),
      { numRuns: 15 },
    );
  });
});

describe("a job for the vendor's console", () => {
  const job = {
    startUrl: "https://a.example.com/",
    excludeUrls: [],
    items: ["ALL"],
    userAgent: "PC Chrome" as const,
    speed: "1" as const,
    when: { kind: "now" as const },
    memo: "",
  };

  it("omits settings without a value", () => {
    const lines = handOverOf({ ...job, signIn: { kind: "none" } });
    expect(lines.map(({ setting }) => setting)).toEqual(["startUrl", "items", "userAgent", "speed"]);
  });

  it("contains names of the sign-in and none of its values", () => {
    const values = fc.string({ minLength: 1 }).map((text) => `canary-${text}`);
    fc.assert(
      fc.property(values, values, values, (idValue, passwordValue, extra) => {
        const form = {
          kind: "form" as const,
          actionUrl: "https://a.example.com/login",
          idParam: "id",
          passwordParam: "pw",
          idValue,
          passwordValue,
          extra: { company: extra },
        };
        const headers = { kind: "headers" as const, headers: { Cookie: idValue } };
        for (const signIn of [form, headers])
          expect(JSON.stringify(handOverOf({ ...job, signIn }))).not.toMatch(/canary/);
        expect(handOverOf({ ...job, signIn: form })[1]?.values).toEqual([form.actionUrl, "id", "pw", "company"]);
      }),
    );
  });
});

describe("a re-scan ledger", () => {
  it.each([
    ["2026-10-31T00:00:00Z", 22],
    ["2026-11-21T23:00:00Z", 1],
    ["2026-11-22T00:00:00Z", 0],
    ["2027-01-01T00:00:00Z", 0],
  ])("at %s has %i days left", (now, days) => {
    const { closesAt, limit } = rescanLedgerOf("7", new Date("2026-09-23T00:00:00Z"), 1);
    expect([limit, closesAt]).toEqual([3, "2026-11-22T00:00:00.000Z"]);
    expect(rescanDaysLeft(closesAt ?? "", new Date(now))).toBe(days);
  });

  it("has no last day without a known end", () => {
    expect(rescanLedgerOf("7", null, 0).closesAt).toBeNull();
  });
});
