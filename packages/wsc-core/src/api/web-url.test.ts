import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draftSchema } from "./drafts.ts";
import { jobPreviewRequestSchema, jobRequestSchema } from "./jobs.ts";
import { limits } from "./limits.ts";
import { scheduleRequestSchema } from "./schedules.ts";
import { targetEndpoints } from "./targets.ts";

const good = "https://shop.example.com/";
const consent = { textVersion: "1", accepted: true };
const form = {
  kind: "form",
  actionUrl: `${good}login`,
  idParam: "id",
  idValue: "i",
  passwordParam: "pw",
  passwordValue: "p",
};
const rule = { every: "day", localTime: "02:00", zone: "Asia/Seoul" };

/** Every field that takes a URL: its path, and a parse function that returns the output, or the codes at that path. */
const fields: Readonly<Record<string, (url: string) => { output?: string | undefined; codes: string[] }>> = {
  startUrl: (url) => read(jobRequestSchema, { startUrl: url, consent }, ["startUrl"]),
  "excludeUrls.0": (url) => read(jobRequestSchema, { startUrl: good, excludeUrls: [url], consent }, ["excludeUrls", 0]),
  "signIn.actionUrl": (url) =>
    read(jobRequestSchema, { startUrl: good, consent, signIn: { ...form, actionUrl: url } }, ["signIn", "actionUrl"]),
  "signIn.pageUrl": (url) =>
    read(jobRequestSchema, { startUrl: good, consent, signIn: { ...form, pageUrl: url } }, ["signIn", "pageUrl"]),
  "preview startUrl": (url) => read(jobPreviewRequestSchema, { startUrl: url }, ["startUrl"]),
  "re-scan startUrl": (url) => read(jobRequestSchema, { startUrl: url, rescanOf: "1", consent }, ["startUrl"]),
  "schedule startUrl": (url) => read(scheduleRequestSchema, { startUrl: url, consent, rule }, ["startUrl"]),
  "schedule excludeUrls.0": (url) =>
    read(scheduleRequestSchema, { startUrl: good, excludeUrls: [url], consent, rule }, ["excludeUrls", 0]),
  "check startUrl": (url) => read(targetEndpoints.check.body, { startUrl: url }, ["startUrl"]),
  "ownership startUrl": (url) => read(targetEndpoints.ownership.body, { startUrl: url }, ["startUrl"]),
};

interface Schema {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: unknown }
    | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
}

function read(schema: Schema, body: unknown, path: readonly (string | number)[]) {
  const result = schema.safeParse(body);
  if (!result.success) {
    const here = result.error.issues.filter((issue) => issue.path.join(".") === path.join("."));
    return { codes: here.map(({ message }) => message) };
  }
  const output = path.reduce((value: unknown, key) => (value as Record<string, unknown>)[key], result.data);
  return { output: String(output), codes: [] };
}

const invisible = [
  "\u0000",
  "\u0007",
  "\u007f",
  "\u0085",
  "\u00a0",
  "\u00ad",
  "\u034f",
  "\u061c",
  "\u115f",
  "\u180e",
  "\u200b",
  "\u200e",
  "\u2028",
  "\u202e",
  "\u2060",
  "\u2066",
  "\u2800",
  "\u3000",
  "\u3164",
  "\ufe0f",
  "\ufeff",
  "\uffa0",
  "\ud800",
  "\u{e0041}",
  "\\",
];

describe("a URL that a person enters", () => {
  it.each([
    "https://shop.example.com\\@evil.example.net/",
    "https:\\\\shop.example.com\\",
    "https://shop.exa\tmple.com/",
    "https://shop.example.com/\n@evil.example.net/",
    "https://shop.example.com/\u0000",
    "https://shop.example.com/\u200b",
    "https://shop.example.com\u00ad/",
    "https://shop.example.com/\u202egnp.exe",
    "https://shop.example.com/a b",
    "https://@shop.example.com/",
    "https://:@shop.example.com/",
    "https://me:pw@shop.example.com/",
    "https://shop.example.com@evil.example.net/",
  ])("is refused at its field, whichever that is, when it has two readings: %j", (url) => {
    for (const [field, parse] of Object.entries(fields)) {
      const { codes } = parse(url);
      expect([field, codes.length]).toEqual([field, 1]);
      expect(["URL_INVALID", "160331"]).toContain(codes[0]);
    }
  });

  it("is refused with an invisible or ambiguous character at any position", () => {
    const base = "https://shop.example.com/a/b?c=d#e";
    fc.assert(
      fc.property(fc.constantFrom(...invisible), fc.integer({ min: 8, max: base.length }), (sign, at) => {
        const url = `${base.slice(0, at)}${sign}${base.slice(at)}`;
        for (const [field, parse] of Object.entries(fields))
          expect([field, parse(url).codes]).toEqual([field, ["URL_INVALID"]]);
      }),
    );
  });

  it("is sent as validated: parsing and serialising changes nothing", () => {
    const anyUrl = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string({ unit: "grapheme", maxLength: 40 }).map((rest) => `https://shop.example.com/${rest}`),
      fc.string({ unit: "grapheme", maxLength: 20 }).map((rest) => `https://${rest}`),
      fc.constantFrom("https://shop.example.com", "HTTPS://SHOP.example.com:443/a/../b", "https://상점.example/게시판"),
    );
    fc.assert(
      fc.property(anyUrl, (url) => {
        for (const parse of [fields.startUrl, fields["signIn.actionUrl"], fields["schedule startUrl"]]) {
          const { output, codes } = parse?.(url) ?? { codes: ["none"] };
          if (output === undefined) expect(codes).toHaveLength(1);
          else expect([output, new URL(output).href]).toEqual([new URL(url).href, output]);
        }
      }),
    );
  });

  it.each([
    ["https://shop.example.com", "https://shop.example.com/"],
    ["  https://shop.example.com/a\r\n", "https://shop.example.com/a"],
    ["HTTPS://Shop.Example.COM:443/a/../b", "https://shop.example.com/b"],
    ["https://상점.example/게시판", "https://xn--hg4bs7k.example/%EA%B2%8C%EC%8B%9C%ED%8C%90"],
    ["http://[::1]:8080/?a=b#c", "http://[::1]:8080/?a=b#c"],
  ])("%j is sent as %j", (url, sent) => {
    expect(fields.startUrl?.(url)).toEqual({ output: sent, codes: [] });
  });

  it("may be as long as the limit, also when encoded", () => {
    expect(fields.startUrl?.(`${good}${"a".repeat(limits.urlLength - good.length)}`).codes).toEqual([]);
    expect(fields.startUrl?.(`${good}${"a".repeat(limits.urlLength)}`).codes).toEqual(["VALUE_TOO_LONG"]);
    expect(fields.startUrl?.(`${good}${"가".repeat(1_900)}`).codes).toEqual(["VALUE_TOO_LONG"]);
  });
});

describe("a URL in a draft", () => {
  it("may be incomplete", () => {
    for (const startUrl of ["", "https", "https://sho", "https://shop.example.com/a b\\", "https://a/\u200b"]) {
      expect(draftSchema.safeParse({ startUrl }).success).toBe(true);
    }
  });

  it("contains no password hidden by characters that a URL parser drops", () => {
    for (const startUrl of ["ht\ttps://me:pw@a/", "https:/\n/me:pw@a/", "\u0000 https://me:pw@a/", " \\\\me:pw@a"]) {
      expect([startUrl, draftSchema.safeParse({ startUrl }).success]).toEqual([startUrl, false]);
    }
  });
});
