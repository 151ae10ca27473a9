import { describe, expect, it } from "vitest";
import { readJobFieldState } from "./job-field-state.ts";

describe("what comes along from another form", () => {
  it("is taken over", () => {
    const state = { startUrl: "https://www.example.com/", excludeUrls: [], items: ["XSS"], memo: "m", speed: "2" };
    expect(readJobFieldState(state)).toEqual(state);
  });

  it("never brings a secret or an agreement", () => {
    const read = readJobFieldState({ startUrl: "x", signIn: { kind: "headers" }, consent: { accepted: true } });
    expect(read).not.toHaveProperty("signIn");
    expect(read).not.toHaveProperty("consent");
  });

  it.each([undefined, null, "text", 7, []])("is nothing when it is %j", (state) => {
    expect(readJobFieldState(state)).toEqual({});
  });

  it("falls back value by value when it is of another version", () => {
    expect(readJobFieldState({ startUrl: 7, excludeUrls: "x", items: [], memo: "kept" })).toMatchObject({
      startUrl: "",
      excludeUrls: [],
      items: ["ALL"],
      memo: "kept",
    });
  });
});
