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
    for (const value of [...none, "未ログイン", "ﾅｼ", "ー", "X", "0", 0, false, "None (anonymous)", "없음, 없음"]) {
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
    ];
    for (const value of phrases) expect(saysSignInUsed(value), value).toBe(false);
    for (const value of ["로그인 성공", "사용", "Used", "none=1; SID=abcdef", "no=1&id=user", "ログイン済み"]) {
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
    expect(readUrlList("제외 URL 없음").names).toEqual([]);
    expect(saysNone("인증 없음")).toBe(false);
    expect(readsAsNone("인증 없음")).toBe(true);
  });
});

describe("a weakness", () => {
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
  });
});
