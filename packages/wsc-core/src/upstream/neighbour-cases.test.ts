import { describe, expect, it } from "vitest";
import { isGenericName } from "./generic-names.ts";
import { readsAsNone, saysNone } from "./none-words.ts";
import { readFindings } from "./read-findings.ts";
import { pageCountOf } from "./read-jobs.ts";
import { readDomainList, readItemList, readUrlList } from "./read-scope.ts";
import { saysSignInUsed, withoutSignIn } from "./redact-sign-in.ts";

describe("sign-in data of a report", () => {
  it("is none in every wording of the vendor's languages", () => {
    const none = [
      "로그인 없음",
      "비로그인",
      "로그인 정보 없음",
      "No login",
      "not logged in",
      "none / none",
      "ログインなし",
    ];
    const blank = ["무", "없슴", "공란", "빈 값", "비어 있음", "空", "空欄", "未適用", "unset", "blank"];
    for (const value of [
      ...none,
      "未ログイン",
      "ﾅｼ",
      "ー",
      "X",
      "0",
      0,
      false,
      "None (anonymous)",
      "없음, 없음",
      ...blank,
    ]) {
      expect(saysSignInUsed(value), String(value)).toBe(false);
    }
  });

  it("is none in a phrase that says no, and not in one that says yes", () => {
    const phrases = [
      "해당사항 없음",
      "로그인 하지 않음",
      "사용 안 함",
      "not use",
      "without login",
      "unauthenticated",
      "anonymous user",
      "ログイン不要",
      "ログインしない",
      "login is not used",
      "未利用",
      "ID: -, PW: -",
      "ID:없음/PW:없음",
      "Cookie: なし; Authorization: なし",
      "·",
    ];
    for (const value of phrases) expect(saysSignInUsed(value), value).toBe(false);
    const evidence = { Details: { XSS: [{ Evidence: "ID: - PW: - ID:없음" }] } };
    for (const text of ["ID: -, PW: -", "ID:없음/PW:없음"]) {
      expect(withoutSignIn({ Login_Info: text, ...evidence })?.wire).toEqual(evidence);
    }
    for (const value of [
      "ID: admin, PW: -",
      "SID=4f1b; theme=none",
      "로그인 성공",
      "사용",
      "Used",
      "none=1; SID=abcdef",
      "no=1&id=user",
      "ログイン済み",
    ]) {
      expect(saysSignInUsed(value), value).toBe(true);
    }
  });

  it("was used when the vendor hides it or says yes", () => {
    for (const value of ["****", "●●●●", { id: "****" }, true, { used: true }, "Y", 1, "Cookie: a=b"]) {
      expect(saysSignInUsed(value), JSON.stringify(value)).toBe(true);
    }
    expect(withoutSignIn({ Login_Info: "********", Memo: "/********/" })?.wire.Memo).toBe("/********/");
  });
});

describe("lists in one text", () => {
  it("contain every domain, item and URL, for any separator", () => {
    for (const separator of [",", ";", "|", "、", ", ", "\n"]) {
      expect(readDomainList(`a.example${separator}b.example`).names).toEqual(["a.example", "b.example"]);
      expect(readItemList(`SSI Injection${separator}XSS`).names).toEqual(["SSI Injection", "XSS"]);
      expect(readUrlList(`/admin${separator}/login`).names).toEqual(["/admin", "/login"]);
    }
    expect(readDomainList("a.example b.example").names).toHaveLength(2);
    expect(readUrlList("https://a.example/x,\nhttps://a.example/y").names).toEqual([
      "https://a.example/x",
      "https://a.example/y",
    ]);
  });

  it("name no count as a domain, and say that it stood there", () => {
    expect(readDomainList(["a.example", "Total"])).toEqual({ names: ["a.example"], odd: true });
    expect(readDomainList("a.example, 합계")).toEqual({ names: ["a.example"], odd: true });
  });

  it("exclude the root or every path when stated, and nothing for words for none", () => {
    expect(readUrlList("/").names).toEqual(["/"]);
    expect(readUrlList("/*").names).toEqual(["/*"]);
    for (const text of ["제외 URL 없음", "0건", "0 件"]) expect(readUrlList(text).names, text).toEqual([]);
    expect(saysNone("인증 없음")).toBe(false);
    expect(readsAsNone("인증 없음")).toBe(true);
  });
});

const place = "https://www.example.com/a";
const listed = { items: ["XSS", "SQL Injection"], hosts: ["www.example.com"] };

describe("rows of a report", () => {
  it("that say none, or nothing, are no findings", () => {
    const none = [["없음"], ["-"], ["なし"], [{}], [null], [{ Url: "", Risk: "" }], [{ Url: "-", Risk: "없음" }]];
    const statements = [
      "취약점이 발견되지 않았습니다.",
      "취약점이 존재하지 않습니다",
      "발견된 취약점 없음",
      "미검출",
      "脆弱性は検出されませんでした。",
      "該当なし",
      "No vulnerabilities were found.",
      "0 issues",
      "not detected",
    ];
    const said = statements.flatMap((text) => [text, [text], [{ Message: text }]]);
    for (const rows of [...none, "없음", "No vulnerability found", [], ...said]) {
      expect(readFindings({ XSS: rows }, listed), JSON.stringify(rows)).toEqual({ findings: [], rest: undefined });
    }
  });

  it("that say what is missing stay, as a finding or in the remainder", () => {
    for (const text of ["No CSRF token", "No X-Frame-Options header", "인증 없음", "認証なし", "not encrypted"]) {
      expect(JSON.stringify(readFindings({ Header: text }, listed)), text).toContain(text);
      expect(JSON.stringify(readFindings({ Header: [text] }, listed)), text).toContain(text);
    }
  });

  it("of text with blanks behind a URL name no place, which would differ in the next report", () => {
    for (const text of [`${place} (2)`, `${place}\nhttps://www.example.com/b`]) {
      const { findings } = readFindings({ XSS: [text] }, listed);
      expect(findings.map(({ url, evidence }) => [url, evidence])).toEqual([[null, text]]);
    }
  });

  it("that are counts or lists stay unread, and are shown", () => {
    const unread = [
      [{ Total: 2, High: 1, Medium: 1, Low: 0 }],
      [
        ["Url", "Method"],
        [place, "GET"],
      ],
    ];
    for (const rows of unread) {
      expect(readFindings({ XSS: rows }, listed), JSON.stringify(rows)).toEqual({ findings: [], rest: { XSS: rows } });
    }
  });

  it("below their place are findings of that place", () => {
    const rows = { XSS: { [place]: [{ Parameter: "q" }], "/b": [{ Parameter: "q" }] } };
    const { findings } = readFindings(rows, listed);
    expect(findings.map(({ item, url }) => [item, url])).toEqual([
      ["XSS", place],
      ["XSS", "/b"],
    ]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(readFindings({ XSS: ["/a", "/b"] }, listed).findings.map(({ url }) => url)).toEqual(["/a", "/b"]);
  });

  it("have the item behind names of lists and places in three languages, counts and risks", () => {
    const row = { Url: place, Risk: "High" };
    const groups = ["취약점 목록", "진단 결과", "脆弱性一覧", "취약점 1", "3件目", "issueList", "entries", "page1"];
    for (const group of groups) {
      const { findings } = readFindings({ [group]: [{ ...row, Kind: "XSS" }] }, listed);
      expect(findings[0]?.item, group).toBe("XSS");
    }
    const decorated = ["1. XSS", "01 XSS", "XSS_2", "[High] XSS", "XSS : High", "XSS - 2건", "상 / XSS", "第2 XSS"];
    for (const name of ["XSS (2)", "XSS [High]", "XSS(3건)", ...decorated]) {
      expect(readFindings({ [name]: [row] }, listed).findings[0]?.item, name).toBe("XSS");
    }
    expect(readFindings([{ ...row, title: "XSS #3" }], listed).findings[0]?.item).toBe("XSS");
    expect(readFindings({ "LDAP Injection - 2건": [row] }, listed).findings[0]?.item).toBe("LDAP Injection");
    expect(readFindings({ "XSS (Stored)": [row] }).findings[0]?.item).toBe("XSS (Stored)");
    const odd = { items: ["Information", "Level 1", "Information Disclosure"], hosts: [] };
    for (const name of [...odd.items, "2. Information Disclosure"]) {
      expect(odd.items, name).toContain(readFindings({ [name]: [row] }, odd).findings[0]?.item);
    }
  });

  it("without a risk of their own have that of their group", () => {
    const { findings } = readFindings({ XSS: { Risk: "High", List: [{ Url: place, Risk: "-" }] } }, listed);
    expect(findings[0]?.severity).toBe("high");
  });
});

describe("a finding", () => {
  it("has its title under any of the names for it, also a bare name that the report lists as an item", () => {
    for (const title of ["Item", "item_name", "Name", "name"]) {
      const row = { [title]: "XSS", Url: "https://a.example/", Risk: "High" };
      const { findings } = readFindings([row], { items: ["XSS"], hosts: ["a.example"] });
      expect(
        findings.map(({ item }) => item),
        title,
      ).toEqual(["XSS"]);
    }
  });
});

describe("names", () => {
  it("of counts, risks, lists and places are no items and no domains", () => {
    const generic = [
      "TOTAL_CNT",
      "HighCnt",
      "High Risk",
      "grand total",
      "전체 합계",
      "합 계",
      "소 계",
      "合 計",
      "소계",
      "높음(High)",
      "위험도 상",
    ];
    for (const name of [...generic, "Vuln 1", "#2", "No. 3", "Vuln List", "치명"]) {
      expect(isGenericName(name), name).toBe(true);
    }
    for (const name of ["XSS", "Information Disclosure", "www.example.com", "크로스 사이트 스크립팅"]) {
      expect(isGenericName(name), name).toBe(false);
    }
  });

  it("of hosts in any script are no items", () => {
    for (const host of ["쇼핑.example", "[2001:db8::1]:8443", "www.example.com/app", "10.0.0.1"]) {
      const { findings } = readFindings({ [host]: { XSS: [{ Url: "https://www.example.com/a" }] } });
      expect(
        findings.map(({ item }) => item),
        host,
      ).toEqual(["XSS"]);
    }
  });
});

describe("pages", () => {
  it("are as many as the count implies when the last page is reported too early", () => {
    const asked = { limit: 100, page: 1 };
    expect(pageCountOf({ total: 250, pageCount: 1, received: 100 }, asked)).toBe(3);
    expect(pageCountOf({ total: 250, pageCount: 25, received: 10 }, asked)).toBe(25);
    expect(pageCountOf({ total: 5, pageCount: 1, received: 5 }, asked)).toBe(1);
    expect(pageCountOf({ total: 0, pageCount: 3, received: 5 }, asked)).toBe(3);
  });
});
