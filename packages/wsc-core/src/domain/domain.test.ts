import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findingFingerprint, findingNumber } from "./finding.ts";
import { isFinalPhase, jobStatusCodes, jobStatusTable, nextStatusCodes, readJobStatus } from "./job-status.ts";
import { compareMemo, createMemoToken, memoTokensIn, prependMemoToken, stripMemoToken } from "./memo-token.ts";
import { isReportExpired, reportExpiresAt } from "./report-validity.ts";
import { isRescanOpen, rescanClosesAt } from "./rescan.ts";
import { readSeverity } from "./severity.ts";
import { hostMatchesPattern, isWebUrl } from "./target.ts";
import { instantOfWallTime, isTimeZone, wallTimeAt } from "./wall-time.ts";

const anyDate = fc.date({ min: new Date("1990-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });

describe("the year of a report", () => {
  it.each([
    ["2026-11-18T18:42:57.000Z", "2027-11-18T18:42:57.000Z"],
    ["2024-02-29T03:00:00.000Z", "2025-02-28T03:00:00.000Z"],
    ["2023-02-28T03:00:00.000Z", "2024-02-28T03:00:00.000Z"],
    // 1 March in Seoul, still 29 February in UTC.
    ["2024-02-29T15:00:00.000Z", "2025-02-28T15:00:00.000Z"],
    // 29 February in Seoul, still 28 February in UTC.
    ["2024-02-28T15:30:00.000Z", "2025-02-27T15:30:00.000Z"],
    ["2025-12-31T15:00:00.000Z", "2026-12-31T15:00:00.000Z"],
  ])("of a job that ended at %s is over at %s", (end, closed) => {
    expect(reportExpiresAt(new Date(end)).toISOString()).toBe(closed);
  });

  it("is open one millisecond before and closed at the instant", () => {
    fc.assert(
      fc.property(anyDate, (end) => {
        const closes = reportExpiresAt(end);
        expect(isReportExpired(end, new Date(closes.getTime() - 1))).toBe(false);
        expect(isReportExpired(end, closes)).toBe(true);
      }),
    );
  });

  it("is 365 or 366 days long and keeps the time of day in Seoul", () => {
    fc.assert(
      fc.property(anyDate, (end) => {
        const closes = reportExpiresAt(end);
        expect([365, 366]).toContain((closes.getTime() - end.getTime()) / 86_400_000);
        const [from, to] = [wallTimeAt(end, "Asia/Seoul"), wallTimeAt(closes, "Asia/Seoul")];
        expect([to.hour, to.minute, to.second, to.millisecond, to.month]).toEqual([
          from.hour,
          from.minute,
          from.second,
          from.millisecond,
          from.month,
        ]);
      }),
    );
  });
});

describe("wall times", () => {
  const zones = ["Asia/Seoul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"];

  it("convert back to the same instant except in a DST overlap", () => {
    fc.assert(
      fc.property(anyDate, fc.constantFrom(...zones), (instant, zone) => {
        const back = instantOfWallTime(wallTimeAt(instant, zone), zone);
        const difference = instant.getTime() - back.getTime();
        // The first of two readings is at most an hour earlier.
        expect([0, 1_800_000, 3_600_000]).toContain(difference);
        expect(wallTimeAt(back, zone)).toEqual(wallTimeAt(instant, zone));
      }),
    );
  });

  it("that do not exist run at the next valid time", () => {
    const gap = { year: 2026, month: 3, day: 29, hour: 2, minute: 30, second: 0, millisecond: 0 };
    expect(instantOfWallTime(gap, "Europe/Berlin").toISOString()).toBe("2026-03-29T01:30:00.000Z");
  });

  it("that exist twice mean the first", () => {
    const twice = { year: 2026, month: 10, day: 25, hour: 2, minute: 30, second: 0, millisecond: 0 };
    expect(instantOfWallTime(twice, "Europe/Berlin").toISOString()).toBe("2026-10-25T00:30:00.000Z");
  });

  it("know real zone names only", () => {
    expect(isTimeZone("Asia/Seoul")).toBe(true);
    for (const name of ["", "Mars/Olympus", "Asia/Seoul; x", "../etc"]) expect(isTimeZone(name)).toBe(false);
  });
});

describe("job status", () => {
  it("maps its eleven texts to their codes", () => {
    for (const code of jobStatusCodes)
      expect(readJobStatus(jobStatusTable[code].text)).toMatchObject({ code, phase: jobStatusTable[code].phase });
    expect(jobStatusCodes).toHaveLength(Object.keys(jobStatusTable).length);
  });

  it("maps the vendor's texts of all eleven codes in three languages, in any spacing, case and Unicode form", () => {
    const written = fc.constantFrom<(word: string) => string>(
      (word) => word,
      (word) => word.toUpperCase(),
      (word) => word.replaceAll(" ", ""),
      (word) => ` ${word.replaceAll(" ", "  ")}\n`,
      (word) => word.replaceAll(" ", "_"),
      (word) => word.normalize("NFD"),
      (word) => `[${word}]`,
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...jobStatusCodes),
        fc.constantFrom("ko", "en", "ja"),
        written,
        (code, language, write) => {
          const text = write(jobStatusTable[code].words[language]);
          expect(readJobStatus(text)).toEqual({ text, phase: jobStatusTable[code].phase, code });
        },
      ),
    );
    const words = jobStatusCodes.flatMap((code) => Object.values(jobStatusTable[code].words));
    expect(new Set(words.map((word) => word.replaceAll(" ", ""))).size).toBe(33);
  });

  it("keeps any other text unchanged as unknown, and never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(readJobStatus(text)).toMatchObject({ text });
        expect(readJobStatus(`${text} 진단 완료?!x`)).toMatchObject({ phase: "unknown" });
      }),
    );
  });

  it("uses the code beside an unknown text, and neither when they contradict each other", () => {
    expect(readJobStatus("어떤 말", 3)).toEqual({ text: "어떤 말", phase: "scanning", code: 3 });
    expect(readJobStatus("진단 완료", 3)).toEqual({ text: "진단 완료", phase: "unknown" });
    expect(readJobStatus("Pending", 2)).toEqual({ text: "Pending", phase: "waiting", code: 2 });
  });

  it.each(["", "Hibernating", "완료됨", "constructor", "__proto__", "<b>Complete</b>x"])(
    "keeps %j as it came, unknown and not final",
    (text) => {
      const status = readJobStatus(text);
      expect(status).toEqual({ text, phase: "unknown" });
      expect(isFinalPhase(status.phase)).toBe(false);
    },
  );

  it("allows no transition from a final status, and one from every other", () => {
    for (const code of jobStatusCodes) {
      expect(nextStatusCodes(code).length === 0).toBe(isFinalPhase(jobStatusTable[code].phase));
    }
  });

  it("leads from 12 over 13, 14, 2 and 3 to 4, and never back", () => {
    const path = [12, 13, 14, 2, 3, 4] as const;
    for (const [index, code] of path.entries()) {
      if (index > 0) expect(nextStatusCodes(path[index - 1] ?? 4)).toContain(code);
      for (const earlier of path.slice(0, index)) expect(nextStatusCodes(code)).not.toContain(earlier);
    }
  });
});

describe("memo token", () => {
  const anyToken = fc.uint8Array({ minLength: 10, maxLength: 10 }).map(createMemoToken);

  it("is placed first, found at any position, and removed without residue", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), anyToken, fc.string(), (memo, token, mark) => {
        const wire = prependMemoToken(memo, token);
        expect(wire.startsWith(token)).toBe(true);
        expect(stripMemoToken(wire)).toBe(memo.trim());
        for (const kept of [wire, `${mark}${wire}`, `${wire}${mark}`, wire.toUpperCase(), `${memo} ${token}`]) {
          expect([...memoTokensIn(kept)]).toContain(token);
        }
      }),
    );
  });

  it("is removed from memos of earlier versions, at their end, and from marked memos", () => {
    const token = createMemoToken(new Uint8Array(10));
    expect(stripMemoToken(`월간 점검 ${token}`)).toBe("월간 점검");
    expect(stripMemoToken(` ${token}\n`)).toBe("");
    expect(stripMemoToken(`[API] ${token} monthly`)).toBe("[API] monthly");
    expect(stripMemoToken(`${token} see ${token}`)).toBe(`see ${token}`);
  });

  it("distinguishes a complete memo, with other blanks or a mark, from a cut or changed one", () => {
    fc.assert(
      fc.property(fc.string(), anyToken, fc.nat(), (memo, token, place) => {
        const sent = prependMemoToken(memo, token);
        const { length } = sent.trim().replace(/\s+/g, " ");
        expect(compareMemo(sent, ` ${sent}  [API]`)).toEqual({ kind: "whole", length });
        const cut = sent.slice(0, place % sent.trimEnd().length);
        expect(compareMemo(sent, cut).kind).toBe("cut");
      }),
    );
    expect(compareMemo("wscaaaaaaaaaaaaaaaa a&b", "wscaaaaaaaaaaaaaaaa a&amp;b")).toEqual({ kind: "changed" });
    expect(compareMemo("wscaaaaaaaaaaaaaaaa 점검 기록", "")).toEqual({ kind: "cut", length: 0 });
  });

  it("has three letters and sixteen characters, different for different bytes", () => {
    expect(createMemoToken(new Uint8Array(10))).toBe("wscaaaaaaaaaaaaaaaa");
    expect(createMemoToken(new Uint8Array(10).fill(255))).toBe("wsc7777777777777777");
    expect(() => createMemoToken(new Uint8Array(9))).toThrow(RangeError);
  });

  it.each([
    "",
    "monthly",
    "wscABCDEFGHIJKLMNO1",
    "xwscabcdefghijklmnop",
    "later than wscabcdefghijklmnopq",
    "wscabcdefghijklmno",
    "wscabcdefghijklmno1",
  ])("leaves %j alone", (memo) => {
    expect(stripMemoToken(memo)).toBe(memo);
  });
});

describe("findings", () => {
  const finding = { item: "XSS", method: "GET", url: "https://www.example.com/search?q=1#x", parameter: "q" };

  it("keep their fingerprint when query values and fragments change", () => {
    expect(findingFingerprint({ ...finding, url: "https://www.example.com:443/search?q=2" })).toBe(
      findingFingerprint(finding),
    );
    expect(findingFingerprint({ ...finding, method: "get" })).toBe(findingFingerprint(finding));
  });

  it.each([
    { item: "SSI Injection" },
    { method: "POST" },
    { url: "https://www.example.com/Search" },
    { url: "http://www.example.com/search" },
    { parameter: "p" },
    { parameter: null },
    { url: null },
  ])("have another fingerprint with %j", (change) => {
    expect(findingFingerprint({ ...finding, ...change })).not.toBe(findingFingerprint(finding));
  });

  it("have different fingerprints when text moves from one part to the next", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, text, text, text, (item, parameter, otherItem, otherParameter) => {
        const well = (value: string) => value.replace(/\p{Surrogate}/gu, "\ufffd");
        const same = well(item) === well(otherItem) && well(parameter) === well(otherParameter);
        const left = findingFingerprint({ item, method: null, url: null, parameter });
        const right = findingFingerprint({ item: otherItem, method: null, url: null, parameter: otherParameter });
        expect(left === right).toBe(same);
      }),
    );
  });

  it("are numbered by severity", () => {
    expect([findingNumber("high", 1), findingNumber("low", 120), findingNumber(null, 2)]).toEqual([
      "H-01",
      "L-120",
      "U-02",
    ]);
  });

  it.each([
    ["High", "high"],
    [" medium ", "medium"],
    ["LOW", "low"],
    ["상", "high"],
    ["中", "medium"],
    ["下", "low"],
  ])("read %j as %s", (word, severity) => {
    expect(readSeverity(word)).toBe(severity);
  });

  it.each(["Critical", "", "info", null, 3, {}, "constructor"])("do not read %j as a severity", (word) => {
    expect(readSeverity(word)).toBeNull();
  });
});

describe("targets", () => {
  it.each([
    "https://www.example.com/",
    "http://127.0.0.1:8080/a?b=c",
    "HTTPS://EXAMPLE.COM",
    "http://[::1]:80/",
    "https://例え.example/",
  ])("%s can be scanned", (url) => {
    expect(isWebUrl(url)).toBe(true);
  });

  it.each([
    "",
    "example.com",
    "//example.com",
    "ftp://example.com",
    "javascript:alert(1)",
    "https://",
    "https:///x",
    "http://user:pw@example.com/",
    "https://user@example.com",
    "https:/example.com",
    "http://exa mple.com",
  ])("%j cannot", (url) => {
    expect(isWebUrl(url)).toBe(false);
  });

  it.each([
    ["shop.example.com", "shop.example.com", true],
    ["shop.example.com:8443", "shop.example.com", true],
    ["shop.example.com:8443", "shop.example.com:8443", true],
    ["shop.example.com", "shop.example.com:8443", false],
    ["a.b.example.com", "*.example.com", true],
    ["example.com", "*.example.com", false],
    ["evilexample.com", "*.example.com", false],
    ["example.com.evil.test", "example.com", false],
    ["SHOP.example.com", "shop.EXAMPLE.com", true],
  ])("host %s and pattern %s: %s", (host, pattern, matches) => {
    expect(hostMatchesPattern(host, pattern)).toBe(matches);
  });
});

it("a re-scan is open for sixty days to the millisecond", () => {
  const end = new Date("2026-09-01T00:00:00Z");
  const closes = rescanClosesAt(end);
  expect(closes.toISOString()).toBe("2026-10-31T00:00:00.000Z");
  expect(isRescanOpen(end, new Date(closes.getTime() - 1))).toBe(true);
  expect(isRescanOpen(end, closes)).toBe(false);
});
