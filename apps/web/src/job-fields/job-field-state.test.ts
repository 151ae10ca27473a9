import { describe, expect, it } from "vitest";
import { readJobFieldState } from "./job-field-state.ts";

describe("the prefill from another form", () => {
  it("is applied", () => {
    const state = {
      startUrl: "https://www.example.com/",
      excludeUrls: [],
      items: ["XSS"],
      memo: "m",
      speed: "2",
      hosting: "managed",
      localTime: "03:30",
      zone: "Asia/Tokyo",
    };
    expect(readJobFieldState(state)).toEqual(state);
  });

  it("contains no secret or consent", () => {
    const read = readJobFieldState({ startUrl: "x", signIn: { kind: "headers" }, consent: { accepted: true } });
    expect(read).not.toHaveProperty("signIn");
    expect(read).not.toHaveProperty("consent");
  });

  it.each([undefined, null, "text", 7, []])("is ignored when it is %j", (state) => {
    expect(readJobFieldState(state)).toEqual({});
  });

  it("falls back to defaults per value when it is of another version", () => {
    const broken = {
      startUrl: 7,
      excludeUrls: "x",
      items: [],
      memo: "kept",
      hosting: "moon",
      localTime: "x",
      zone: "x",
    };
    expect(readJobFieldState(broken)).toEqual({
      startUrl: "",
      excludeUrls: [],
      items: ["ALL"],
      memo: "kept",
    });
  });
});
