import { describe, expect, it } from "vitest";
import { asciiHostOf, isLocalHost, unicodeHostOf, withHttps } from "./target-notes.ts";

describe("the offer to add https://", () => {
  it.each([
    ["www.example.com", "https://www.example.com"],
    ["  www.example.com/shop ", "https://www.example.com/shop"],
    ["//www.example.com/", "https://www.example.com/"],
    ["localhost:3000", "https://localhost:3000"],
  ])("turns %j into %j", (typed, fixed) => {
    expect(withHttps(typed)).toBe(fixed);
  });

  it.each(["", " ", "https://www.example.com", "ftp://www.example.com", "shop", "javascript://x", "a b.com"])(
    "is not made for %j",
    (typed) => {
      expect(withHttps(typed)).toBeNull();
    },
  );
});

describe("addresses that are unreachable from the internet", () => {
  it.each([
    "http://localhost/",
    "http://127.0.0.1:3000/",
    "http://10.1.2.3/",
    "http://172.31.0.1/",
    "http://192.168.0.1/",
    "http://169.254.1.1/",
    "http://[::1]/",
    "http://printer.local/",
    "http://2130706433/",
  ])("%s is one", (url) => {
    expect(isLocalHost(url)).toBe(true);
  });

  it.each([
    "https://www.example.com/",
    "http://172.32.0.1/",
    "http://11.0.0.1/",
    "https://local.example.com/",
    "nonsense",
  ])("%s is none", (url) => {
    expect(isLocalHost(url)).toBe(false);
  });
});

describe("international host names", () => {
  it("are shown in the form that is sent", () => {
    expect(asciiHostOf("https://bücher.example.com/")).toBe("xn--bcher-kva.example.com");
  });

  it("written in ASCII are shown decoded", () => {
    expect(unicodeHostOf("https://xn--bcher-kva.example.com/")).toBe("bücher.example.com");
    expect(unicodeHostOf("https://xn--3e0b707e.xn--3e0b707e/")).toBe("한국.한국");
  });

  it.each(["https://www.example.com/", "https://bücher.example.com/", "no address", ""])(
    "have nothing more to read in %j",
    (url) => {
      expect(unicodeHostOf(url)).toBeNull();
    },
  );

  it("have no note when nothing changes", () => {
    expect(asciiHostOf("https://xn--bcher-kva.example.com/")).toBeNull();
    expect(asciiHostOf("https://www.example.com/")).toBeNull();
    expect(asciiHostOf("no address")).toBeNull();
  });
});
