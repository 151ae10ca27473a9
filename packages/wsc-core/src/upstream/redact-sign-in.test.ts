import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as redactSignIn from "./redact-sign-in.ts";

const canary = "q7fK-Canary.Value_29";
const withoutSignIn = (payload: Record<string, unknown>) => {
  const cleaned = redactSignIn.withoutSignIn(payload);
  if (cleaned === null) throw new Error("too much sign-in data");
  return cleaned;
};
const textOf = (payload: Record<string, unknown>): string => JSON.stringify(withoutSignIn(payload).wire);

describe("sign-in data is removed", () => {
  it.each([
    ["a pair", `SID=${canary}`],
    ["several pairs", `lang=ko; SID=${canary}; theme=dark`],
    ["a header line", `Cookie: lang=ko; SID=${canary}`],
    ["a bearer token", `Authorization: Bearer ${canary}`],
    ["header lines", `X-Trace: 1\r\nCookie: SID=${canary}`],
    ["a quoted value", `SID="${canary}"`],
    ["JSON in a string", JSON.stringify({ Cookie: `SID=${canary}` })],
    ["a list", [`SID=${canary}`]],
    ["an object", { headers: [{ Cookie: `SID=${canary}` }] }],
  ])("when Login_Info is %s", (_, loginInfo) => {
    expect(textOf({ Login_Info: loginInfo, Memo: `seen ${canary} there` })).not.toContain(canary);
  });

  it.each(["login_info", "LoginInfo", "LOGIN-INFO"])("when the field is spelled %s", (name) => {
    const { wire, signInUsed } = withoutSignIn({ [name]: `SID=${canary}`, Memo: canary });
    expect(JSON.stringify(wire)).not.toContain(canary);
    expect(signInUsed).toBe(true);
  });

  const odd = "p&a<s>\"w'ord value+1";
  it.each([
    ["percent signs", encodeURIComponent(odd)],
    ["small percent signs", encodeURIComponent(odd).replace(/%[0-9A-F]{2}/g, (sign) => sign.toLowerCase())],
    ["a form", encodeURIComponent(odd).replaceAll("%20", "+")],
    ["percent signs twice", encodeURIComponent(encodeURIComponent(odd))],
    [
      "HTML",
      odd
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;")
        .replaceAll("'", "&#39;"),
    ],
    ["JSON", JSON.stringify(odd).slice(1, -1)],
  ])("when it is echoed as %s", (_, echo) => {
    expect(withoutSignIn({ Login_Info: `SID=${odd}`, Memo: `a ${echo} b` }).wire.Memo).toBe("a [REDACTED] b");
  });

  it.each([
    `GET / HTTP/1.1\r\nCookie: SID=${canary}\r\nX: y`,
    `> Cookie: SID=${canary}`,
    `curl -H 'Cookie: SID=${canary}' https://www.example.com/`,
    `GET / HTTP/1.1\\r\\nCookie: SID=${canary}\\r\\nX: y`,
    `request with cookie: SID=${canary} and more`,
    `HTTP/1.1 200 OK\nSet-Cookie: SID=${canary}; Path=/; HttpOnly`,
    `Authorization: Basic ${canary}`,
    `sent Authorization: Bearer ${canary}`,
  ])("from evidence that quotes a header nobody announced: %s", (evidence) => {
    const row = { Evidence: evidence, Response: `<p>Welcome, session ${canary}</p>` };
    expect(textOf({ Details: { XSS: [row] } })).not.toContain(canary);
  });

  it.each([
    { Cookies: [`SID=${canary}`, { name: "SID", value: canary }] },
    { Set_Cookie: { SID: canary } },
    { Request: { Headers: { Authorization: { scheme: "Bearer", value: canary } } } },
    { Password: 31415926535897 },
    { session_id: [[canary]] },
    { Login_Token: canary },
  ])("from a field whose name says so: %j", (fields) => {
    const text = textOf({ Details: { XSS: [fields] }, Other: fields });
    expect(text).not.toContain(canary);
    expect(text).not.toContain("31415926535897");
  });

  it("at any position and depth", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.string(), fc.string(), (value, before, after) => {
        const planted = { value, list: [{ [`${before}${canary}`]: `${before}${canary}${after}` }] };
        expect(textOf({ Login_Info: `SID=${canary}`, New_Field: planted })).not.toContain(canary);
      }),
    );
  });

  it("without losing fields with the same name", () => {
    const { wire } = withoutSignIn({
      Login_Info: `a=${canary}; b=${canary}2`,
      New: { [canary]: "one", [`${canary}2`]: "two" },
    });
    expect(Object.values(wire.New as object)).toEqual(["one", "two"]);
  });
});

describe("other data is kept", () => {
  it.each([
    { Classify_byRisk_Vulnerability: { "Session Fixation": { Total: 3, High: 3 }, "Cookie without HttpOnly": 4 } },
    {
      Recommendation: {
        "Cookie without Secure": "Set the Secure attribute.",
        "Weak Password": "Ask for twelve signs.",
      },
    },
    { Details: { "Session Fixation": [{ Risk: "High", Url: "https://www.example.com/login", Parameter: "id" }] } },
    { Memo: "The cookie: what it is and what it is not" },
    { Login_Count: 3 },
    { report_date: "2026/11/19 03:42:57" },
  ])("%j", (payload) => {
    expect(withoutSignIn(payload).wire).toEqual(payload);
  });

  it.each(["Path=/login; Domain=www.example.com; HttpOnly", "lang=ko", "Referer: https://www.example.com/login"])(
    "the target's own address, when Login_Info is %j",
    (loginInfo) => {
      const payload = { Target_Info: "https://www.example.com/login" };
      expect(withoutSignIn({ Login_Info: loginInfo, ...payload }).wire).toEqual(payload);
    },
  );

  it("a short value is removed only together with its name", () => {
    const { wire } = withoutSignIn({ Login_Info: "s=ko1", Memo: "ko1 Link s=ko1, xs=ko1, s=ko12" });
    expect(wire.Memo).toBe("ko1 Link [REDACTED], xs=ko1, s=ko12");
  });

  it("thousands of quoted headers are read", () => {
    const rows = Array.from({ length: 3000 }, (_, index) => ({
      Evidence: `GET /${index} HTTP/1.1\nCookie: SID=${"abcdef0123456789".repeat(2)}${index}\n\n${"body ".repeat(40)}`,
    }));
    const startedAt = performance.now();
    expect(textOf({ Details: { XSS: rows } })).not.toContain("SID=");
    expect(performance.now() - startedAt).toBeLessThan(60_000);
  });

  it.each([
    "Not used",
    "없음",
    "미사용",
    "사용 안 함",
    "なし",
    "未使用",
    "-",
    "—",
    "N/A",
    "Cookie: 없음",
    "[]",
    "none, none",
  ])("the words of a report whose Login_Info says %j", (loginInfo) => {
    const payload = { Memo: "cookie flag Not used in answer; 사용 안 함, 未使用" };
    expect(withoutSignIn({ Login_Info: loginInfo, ...payload }).wire).toEqual(payload);
  });
});

it("more sign-in data than can be searched for is refused", () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `SID=secret-value-${index}`);
  expect(redactSignIn.withoutSignIn({ Login_Info: many, Memo: "secret-value-3" })).toBeNull();
});

it("a value of any length is removed, or the report is refused", () => {
  for (const [sign, isRead] of [
    ["a", true],
    ["가", false],
  ] as const) {
    const long = sign.repeat(21_000);
    const cleaned = redactSignIn.withoutSignIn({ Login_Info: long, Memo: `b${long}` });
    expect(cleaned?.wire.Memo ?? null).toBe(isRead ? "b[REDACTED]" : null);
  }
});
