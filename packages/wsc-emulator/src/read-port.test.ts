import { describe, expect, it } from "vitest";
import { readPort } from "./read-port.ts";

describe("a port of the environment", () => {
  it("is the number, and the fallback where it is missing or empty", () => {
    expect(readPort({ PORT: "65535" }, "PORT", 1)).toBe(65_535);
    expect(readPort({ PORT: "0" }, "PORT", 1)).toBe(0);
    expect(readPort({ PORT: "" }, "PORT", 1)).toBe(1);
    expect(readPort({}, "PORT", 1)).toBe(1);
  });

  it("that is no port number is refused in a sentence that names the variable", () => {
    for (const text of ["eighty", "65536", "-1", "1.5", "0x50", " 80", "123456"])
      expect(() => readPort({ PORT: text }, "PORT", 1), text).toThrow(/^PORT must be a port number/);
  });
});
