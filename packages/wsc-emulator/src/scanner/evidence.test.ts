import { describe, expect, it } from "vitest";
import { evidenceText } from "./evidence.ts";

function evidence(options: {
  headers?: Record<string, string>;
  body?: string;
  position?: number;
  url?: string;
  sent?: string;
}): string {
  const {
    headers = {},
    body = "<p><mark></p>",
    position = 3,
    url = "http://shop.test:8080/find?q=%3Cmark%3E",
    sent,
  } = options;
  return evidenceText(
    { headers, userAgent: "PC Chrome" },
    {
      kind: "finding",
      risk: "Medium",
      position,
      exchange: {
        probe: { value: "<mark>", markers: ["mark"] },
        request: {
          method: sent === undefined ? "GET" : "POST",
          url: new URL(url),
          ...(sent === undefined ? {} : { body: sent }),
        },
        page: { status: 200, statusText: "OK", headers: new Headers(), body },
      },
    },
  );
}

describe("the evidence of a finding", () => {
  it("shows the request, the status and the place", () => {
    const text = evidence({});
    expect(text).toMatch(/^GET \/find\?q=%3Cmark%3E HTTP\/1\.1\nhost: shop\.test:8080\n/);
    expect(text).toMatch(/\nuser-agent: Mozilla.+Chrome.+\n\nHTTP\/1\.1 200 OK\n\n<p><mark><\/p>$/);
  });

  it("shows the body of a POST", () => {
    expect(evidence({ sent: "q=%3Cmark%3E&n=1" })).toContain("\n\nq=%3Cmark%3E&n=1\n\nHTTP/1.1 200");
  });

  it("shows about six hundred characters of a long page, around the place", () => {
    const body = `${"a".repeat(5_000)}<mark>${"b".repeat(5_000)}`;
    const shown = evidence({ body, position: 5_000 }).split("\n\n").at(-1) ?? "";
    expect(shown).toHaveLength(600);
    expect(shown).toContain("a<mark>b");
  });

  it("contains no control characters and no lone surrogates", () => {
    const text = evidence({ body: `${"😀".repeat(200)}x\u0000\u001b[31m\u0085<mark>\r\n\tend`, position: 401 });
    expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
    expect(text).not.toMatch(/\p{Cs}/u);
    expect(text).toContain("x[31m<mark>\n\tend");
  });
});

describe("sign-in data in evidence", () => {
  const headers = {
    Cookie: "SID=s3cr3t-session; theme=d%20rk%26%3C",
    Authorization: "Bearer tok.en.value",
    "X-Api-Key": "key-0815",
  };

  it("is replaced in every header of the person", () => {
    const text = evidence({ headers });
    expect(text).toContain("cookie: [REDACTED]");
    expect(text).toContain("authorization: [REDACTED]");
    expect(text).toContain("x-api-key: [REDACTED]");
  });

  it.each([
    ["the whole cookie", "SID=s3cr3t-session; theme=d%20rk%26%3C"],
    ["one cookie's value", "s3cr3t-session"],
    ["a decoded value", "d rk&<"],
    ["an escaped value", "d rk&amp;&lt;"],
    ["a token without its scheme", "tok.en.value"],
    ["another header", "key-0815"],
  ])("is replaced where the page echoes %s", (_, secret) => {
    const text = evidence({ headers, body: `${secret} <mark> ${secret}`, position: secret.length + 1 });
    expect(text).not.toContain(secret);
    expect(text).toContain("[REDACTED] <mark> [REDACTED]");
  });

  it("is replaced in the address and in the body that was sent", () => {
    const text = evidence({
      headers,
      url: "http://shop.test/?sid=s3cr3t-session&key=key-0815",
      sent: "token=s3cr3t-session",
    });
    expect(text).not.toMatch(/s3cr3t-session|key-0815/);
  });

  it("leaves no part of a secret at the edge of the excerpt", () => {
    for (let offset = 0; offset < 40; offset += 1) {
      const gap = "-".repeat(180 + offset);
      const text = evidence({ headers, body: `s3cr3t-session${gap}<mark>`, position: 14 + gap.length });
      expect(text).not.toMatch(/s3cr3t|session/);
    }
  });

  it("keeps other text", () => {
    const text = evidence({ headers: { Accept: "text/html" }, body: "text/html <mark>", position: 10 });
    expect(text).toContain("accept: text/html");
    expect(text).toContain("text/html <mark>");
  });
});
