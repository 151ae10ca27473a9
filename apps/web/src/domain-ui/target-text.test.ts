import { describe, expect, it } from "vitest";
import { pathOf } from "./target-text.tsx";

describe("the path of an address", () => {
  it.each([
    ["https://www.example.com/", ""],
    ["https://www.example.com/a?b=1", "/a?b=1"],
    ["https://www.example.com/?b=1", "/?b=1"],
    ["no address", ""],
  ])("of %s is %j", (url, path) => {
    expect(pathOf(url)).toBe(path);
  });
});
