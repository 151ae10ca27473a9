import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cookieHeader, cookiesFor, keepCookie, newJar } from "./cookie-jar.ts";

const site = "https://shop.example.com/login/step?x=1";

async function headerAfter(lines: readonly string[], from = site, to = "https://shop.example.com/"): Promise<string> {
  const jar = newJar();
  for (const line of lines) await keepCookie(jar, line, from);
  return cookieHeader(await cookiesFor(jar, to));
}

const attribute = fc.constantFrom(
  "",
  "; Path=/",
  "; Path=/elsewhere",
  "; Domain=example.com",
  "; Domain=com",
  "; Domain=other.example.net",
  "; Domain=shop.example.com.evil.test",
  "; Secure",
  "; HttpOnly; SameSite=None",
  "; Max-Age=0",
  "; Max-Age=99999999999999999999",
  "; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
  "; Expires=nonsense",
);
const text = fc.string({ unit: "binary", maxLength: 30 });
const line = fc.tuple(text, fc.constantFrom("=", "", "=="), text, attribute).map((parts) => parts.join(""));

describe("the cookies of a sign-in", () => {
  it("form one valid header, whatever a site sets", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
        const header = await headerAfter(lines);
        expect(() => new Headers({ Cookie: header })).not.toThrow();
        expect(header).not.toMatch(/[\r\n\0]/);
      }),
    );
  });

  it("are sent only where a browser would send them", async () => {
    const foreign = fc.constantFrom("https://example.com.evil.test/", "https://example.net/", "https://com/");
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), foreign, async (lines, to) => {
        expect(await headerAfter(lines, site, to)).toBe("");
      }),
    );
  });

  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,10}$/);
  const value = fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,20}$/);
  it("are all included once, the last value of a name winning", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 6 }), async (pairs) => {
        const header = await headerAfter(pairs.map(([key, word]) => `${key}=${word}; Path=/`));
        const wanted = new Map(pairs);
        expect(header.split("; ").toSorted()).toEqual([...wanted].map(([key, word]) => `${key}=${word}`).toSorted());
      }),
    );
  });

  it.each([
    [
      "a domain cookie of the sign-in host for the shop beside it",
      "SID=1; Domain=example.com",
      "https://login.example.com/",
      "SID=1",
    ],
    ["a host cookie of the sign-in host", "SID=1", "https://login.example.com/", ""],
    ["a cookie for a path of its own", "SID=1; Path=/account", site, "SID=1"],
    ["a cookie for a whole public suffix", "SID=1; Domain=com", site, ""],
    ["a secure cookie that came without encryption", "SID=1; Secure", "http://shop.example.com/", ""],
    ["a value that no header takes", "SID=세션", site, ""],
    ["a cookie that is deleted at once", "SID=1; Max-Age=0", site, ""],
  ])("hold %s as a browser would", async (_, set, from, header) => {
    expect(await headerAfter([set], from)).toBe(header);
  });
});
