import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskCalls } from "./mask-answers.ts";
import type { RecordedCall } from "./recording.ts";

let asked = 0;
function digest(word: string, length: number): Uint8Array {
  asked += length;
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHmac("sha256", "salt of this test").update(`${index} ${word}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}
const itemWords = ["ALL", "XSS", "SSI Injection"];

const callOf = (body: string, change: Partial<RecordedCall> = {}): RecordedCall => ({
  ...{ step: "list-first", operation: "getJobs", method: "GET", pathAndQuery: "/api/v1/jobs?limit=100&page=1" },
  ...{ body: null, limit: 100, page: 1, statusCode: null, about: null, durationMs: 1, failure: null },
  answer: { httpStatus: 200, date: null, contentType: "application/json", traceId: null, body },
  ...change,
});
const maskAll = (calls: readonly RecordedCall[]): RecordedCall[] => maskCalls(calls, { digest, itemWords });
const mask = (body: string): string => maskAll([callOf(body)])[0]?.answer?.body ?? "";

const fixture = (name: string): string => readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), "utf8");
const answers = [
  "getJobs.page1.wrapped.json",
  "getJobs.page1.bare.json",
  "searchJobs.page1.wrapped.json",
  "getReport.wrapped.json",
  "getReport.unexpected-inner-shapes.json",
  "gateway.error-210.json",
  "cancelJob.error-901.json",
];
const maps = /^(?:Classify_|Details$|Recommendation$)/;

/** Adds private text to every string of a response, every name that is a value, and a new member of each object. */
function plant(value: unknown, isMap = false): unknown {
  if (typeof value === "string") return `${value} canary7.intra.example/비밀카나리 p4ss=Canary-Token`;
  if (Array.isArray(value)) return value.map((entry) => plant(entry, isMap));
  if (typeof value !== "object" || value === null) return value;
  const planted = Object.entries(value).map(([name, member]) => [
    isMap ? `canary7.intra.example ${name}` : name,
    plant(member, isMap || maps.test(name)),
  ]);
  return Object.fromEntries([...planted, ["canary7.intra.example:8443", { 비밀카나리: "Canary-Token" }]]);
}

/** The form of a JSON value without its content. */
function formOf(value: unknown): unknown {
  if (typeof value === "string") return [...value].length;
  if (Array.isArray(value)) return value.map(formOf);
  if (typeof value !== "object" || value === null) return typeof value === "number" ? "number" : value;
  return Object.values(value).map(formOf);
}

describe("masking of recorded answers", () => {
  it("keeps nothing private of any field, map key or unknown member", () => {
    for (const name of answers) {
      const masked = mask(JSON.stringify(plant(JSON.parse(fixture(name)))));
      expect(masked, name).not.toMatch(/canary|비밀카나리|intra\.example|p4ss|:8443\b/i);
    }
  });

  it("masks non-JSON bodies, headers and search keywords", () => {
    const page = "<html><title>502 Bad Gateway</title>canary7.intra.example Canary</html>";
    const [masked] = maskAll([
      callOf(page, {
        body: '{"searchType":"memo","searchKeyword":"Canary memo","limit":20}',
        answer: {
          httpStatus: 502,
          date: "canary day",
          contentType: "text/canary",
          traceId: "canary-trace-1",
          body: page,
        },
      }),
    ]);
    expect(JSON.stringify(masked)).not.toMatch(/canary|intra/i);
    expect(masked?.answer?.body).toMatch(/^<html><title>\d{3} Bad Gateway<\/title>/);
    expect(masked?.body).toMatch(/^\{"searchType":"memo","searchKeyword":"[A-Z][a-z]{5} [a-z]{4}","limit":20\}$/);
  });

  it("keeps codes, counts, dates, documented words, buttons and formatting", () => {
    const body =
      '{"returnCode":"0","returnMessage":"Success","resources":{ "total_cnt" : "1,204", "record_data":[{"instanceNo":"0007000123",' +
      '"start_date":"2026/03/01 10:20:30","end_date":"-","status":"진단 완료","progress":100,"result_button":"report",' +
      '"User_Agent":"PC Chrome","Vulnerability_Category":"XSS, SSI Injection"}]}}';
    const masked = mask(body);
    expect(masked.replace(/"instanceNo":"\d{10}"/, '"instanceNo":"0007000123"')).toBe(body);
  });

  it("keeps structure, lengths and order of any JSON", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (json) => {
        // The mask need not handle names that JavaScript reorders.
        fc.pre(!/"\d+"\s*:|__proto__/.test(json));
        const masked = mask(json);
        expect(formOf(JSON.parse(masked))).toEqual(formOf(JSON.parse(json)));
      }),
    );
  });

  it("replaces job ids consistently and in the same order, across answers", () => {
    const anyId = fc.bigInt({ min: 1n, max: 10n ** 19n }).map(String);
    fc.assert(
      fc.property(fc.uniqueArray(anyId, { minLength: 2, maxLength: 50 }), (ids) => {
        const rows = ids.map((id) => `{"instanceNo":${id}}`).join(",");
        const [list, again] = maskAll([
          callOf(`{"total_cnt":1,"record_data":[${rows}]}`),
          callOf(`{"record_data":[{"instanceNo":"${ids[0]}"}]}`, {
            about: ids[0] ?? null,
            pathAndQuery: `/api/v1/jobs/${ids[0]}/report`,
          }),
        ]);
        const masked = [...(list?.answer?.body ?? "").matchAll(/"instanceNo":(\d+)/g)].map(([, id = ""]) => id);
        const ranks = (numbers: readonly string[]): number[] => {
          const sorted = numbers.map(BigInt).sort((one, other) => (one < other ? -1 : 1));
          return numbers.map((number) => sorted.indexOf(BigInt(number)));
        };
        expect(ranks(masked)).toEqual(ranks(ids));
        expect(masked.map(({ length }) => length)).toEqual(ids.map(({ length }) => length));
        expect(again?.about).toBe(masked[0]);
        expect(again?.pathAndQuery).toBe(`/api/v1/jobs/${masked[0]}/report`);
        expect(again?.answer?.body).toContain(`"${masked[0]}"`);
      }),
    );
  });

  it("gives a word one pseudonym in any letter case, so that searches remain consistent", () => {
    const read = JSON.parse(mask('{"memo":"Monthly check","start_url":"https://shop.example/MONTHLY"}')) as Record<
      string,
      string
    >;
    const [word = ""] = (read.memo ?? "").split(" ");
    expect(word.toLowerCase()).not.toBe("monthly");
    expect(read.start_url?.split("/").at(-1)).toBe(word.toUpperCase());
    expect(read.start_url).toMatch(/^https:\/\/[a-z]{4}\.[a-z]{7}\//);
  });

  it("needs no more pseudonyms than letters, for answers of any size", () => {
    for (const count of [200, 800]) {
      asked = 0;
      const rows = Array.from({ length: count }, (_, index) => ({
        [`host${index}.example`]: `${index}`.repeat(9),
        memo: "x".repeat(90),
      }));
      const body = JSON.stringify({ record_data: rows });
      mask(body);
      expect(asked).toBeLessThanOrEqual(3 * body.length);
    }
  });
});
