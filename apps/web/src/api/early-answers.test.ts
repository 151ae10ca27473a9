import { afterEach, describe, expect, it, vi } from "vitest";
import { takeEarlyAnswer } from "./early-answers.ts";

afterEach(() => vi.unstubAllGlobals());

describe("a response that the document asked for", () => {
  it("is taken once, by its path and query", async () => {
    const answers = { "/api/jobs?page=1": Promise.resolve(new Response("first")) };
    vi.stubGlobal("earlyAnswers", answers);
    vi.stubGlobal("performance", { now: () => 9_999 });
    expect(takeEarlyAnswer("/api/jobs?page=2")).toBeNull();
    expect(await (await takeEarlyAnswer("/api/jobs?page=1"))?.text()).toBe("first");
    expect(takeEarlyAnswer("/api/jobs?page=1")).toBeNull();
  });

  it("is not taken ten seconds after the page began to load", () => {
    vi.stubGlobal("earlyAnswers", { "/api/session": Promise.resolve(new Response("old")) });
    vi.stubGlobal("performance", { now: () => 10_000 });
    expect(takeEarlyAnswer("/api/session")).toBeNull();
  });

  it("does not exist in a page without the script", () => {
    expect(takeEarlyAnswer("/api/session")).toBeNull();
  });
});
