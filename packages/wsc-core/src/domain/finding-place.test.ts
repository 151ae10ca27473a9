import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findingFingerprint } from "./finding.ts";
import { placeOf, urlPartsOf } from "./finding-place.ts";

const at = "https://www.example.com/shop/view";

describe("the place of a finding", () => {
  it.each([
    `${at}?a=1&b=2`,
    `${at}?b=2&a=1`,
    `${at}#top`,
    `${at}?q=x#top`,
    "https://www.example.com:443/shop/view",
    "HTTPS://WWW.EXAMPLE.COM/shop/view",
    "https://www.example.com/shop/./x/../view",
    "https://www.example.com/sho%70/view",
    "https://user:word@www.example.com/shop/view",
    `${at};jsessionid=8F2A`,
    `${at};JSESSIONID=77?a=1`,
    ` ${at} `,
  ])("is the same in %s", (url) => {
    expect(placeOf(url)).toBe(at);
  });

  it.each([
    "http://www.example.com/shop/view",
    "https://www.example.com:8443/shop/view",
    "https://example.com/shop/view",
    "https://www.example.com/shop/View",
    "https://www.example.com/shop/view/",
    "https://www.example.com/shop%2Fview",
    "https://www.example.com/shop/view;color=red",
    `${at};sidebar=1`,
    "/shop/view",
  ])("is another in %s", (url) => {
    expect(placeOf(url)).not.toBe(at);
  });

  const path = fc.webPath();
  const query = fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,5}$/), fc.stringMatching(/^[a-z0-9]{0,5}$/)), {
    maxLength: 5,
  });

  it("does not depend on query values, their order, fragment, default port or the case of scheme and host", () => {
    fc.assert(
      fc.property(fc.domain(), path, query, fc.webFragments(), fc.boolean(), (host, way, pairs, fragment, swap) => {
        const text = (list: typeof pairs) => list.map(([name, value]) => `${name}=${value}`).join("&");
        const url = `https://${host}${way}`;
        const other = `HTTPS://${host.toUpperCase()}:443${way}?${text(swap ? pairs.toReversed() : pairs)}#${fragment}`;
        expect(placeOf(other)).toBe(placeOf(url));
      }),
    );
  });

  it("is idempotent for any URL", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        expect(placeOf(placeOf(url))).toBe(placeOf(url));
      }),
    );
  });

  it("is defined for any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void placeOf(text).length));
  });

  it("distinguishes two paths in the fingerprint", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9-]{1,8}$/), fc.stringMatching(/^[a-zA-Z0-9-]{1,8}$/), (left, right) => {
        const fingerprint = (last: string) =>
          findingFingerprint({
            item: "XSS",
            method: "GET",
            url: `https://www.example.com/${last}?q=1`,
            parameter: "q",
          });
        expect(fingerprint(left) === fingerprint(right)).toBe(left === right);
      }),
    );
  });
});

describe("host and path of a URL", () => {
  const parsed = (url: string) => {
    const { host, pathname } = new URL(url.trim());
    return { host, path: pathname };
  };
  const sign = fc.constantFrom(..."/.%2eE5~^|`{}\"<>[]\\ \t\n@:;,=&'é가\u200b\u0000aZ0_-");
  const origin = fc.constantFrom(
    "http://a.example.com",
    "HTTPS://A.Example.com:443",
    "http://a.example.com:8080",
    "http://127.1",
    "http://[::1]:80",
    "http://xn--a",
    "https:a.example.com",
    "http:\\\\a.example.com",
    "http://user:word@a.example.com",
    "http://예시.example",
    "ftp://a.example.com",
    "//a.example.com",
    "",
  );
  const rest = fc.array(sign, { maxLength: 12 }).map((signs) => signs.join(""));

  it("are those of the platform's parser, and without a host everything before the query is path", () => {
    const url = fc
      .tuple(origin, fc.constantFrom("", "/", "/x"), rest, fc.constantFrom("", "?q=/../", "#/."))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(url, fc.webUrl({ withQueryParameters: true, withFragments: true })), (text) => {
        const isUrl = URL.canParse(text.trim()) && parsed(text).host !== "";
        expect(urlPartsOf(text)).toEqual(isUrl ? parsed(text) : { host: "", path: text.trim().split(/[?#]/)[0] });
      }),
      { numRuns: 2000, examples: [["http://a.example.com\u0000#/."], ["http://a.example.com\u001f/x"]] },
    );
  });
});
