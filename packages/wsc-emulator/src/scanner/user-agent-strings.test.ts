import { describe, expect, it } from "vitest";
import { userAgentString } from "./user-agent-strings.ts";

describe("the browser identity of a job", () => {
  it.each([
    ["PC Chrome", /Windows.+Chrome\/\d+.+Safari/],
    ["PC IE", /Trident.+rv:11/],
    ["Android", /Android.+Mobile/],
    ["iPhone", /iPhone.+Mobile/],
  ])("%s looks like that browser", (word, expected) => {
    expect(userAgentString(word)).toMatch(expected);
  });

  it("sends an unknown user agent unchanged", () => {
    expect(userAgentString("Own Browser 1.0")).toBe("Own Browser 1.0");
  });
});
