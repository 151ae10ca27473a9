import type { JobSettings } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { rescanRequestOf } from "./rescan-request.ts";

const known: JobSettings = {
  source: "submission",
  settings: {
    ...{ startUrl: "https://shop.example.com/", excludeUrls: [], items: ["XSS"], userAgent: "PC Chrome", speed: "2" },
    ...{ memo: "release", hosting: "ncloud", signIn: { kind: "none" } },
  },
};
const change = (settings: JobSettings["settings"], source: JobSettings["source"] = "submission"): JobSettings => ({
  source,
  settings: { ...known.settings, ...settings },
});

describe("a re-scan together with others", () => {
  it("repeats the settings of its job and names that job", () => {
    expect(rescanRequestOf("7", known, "ko")).toMatchObject({
      obstacle: null,
      isSpeedAssumed: false,
      request: {
        ...{ startUrl: "https://shop.example.com/", items: ["XSS"], speed: "2", memo: "release", rescanOf: "7" },
        ...{ signIn: { kind: "none" }, when: { kind: "now" }, consent: { accepted: true, language: "ko" } },
      },
    });
  });

  it("is left to its own form when it needs a login, another agreement, or settings nobody knows", () => {
    const obstacleOf = (settings: JobSettings) => rescanRequestOf("7", settings, "en").obstacle;
    expect(obstacleOf(change({ signIn: { kind: "headers", headerNames: ["Cookie"] } }))).toBe("login");
    expect(obstacleOf(change({ signIn: { kind: "form" } }))).toBe("login");
    expect(obstacleOf(change({ hosting: "managed" }))).toBe("managed");
    expect(obstacleOf(change({}, "list"))).toBe("unknown");
    expect(obstacleOf(change({ items: undefined }, "report"))).toBe("unknown");
    expect(obstacleOf(change({ signIn: undefined }, "report"))).toBe("unknown");
    expect(obstacleOf(change({ startUrl: "not an address" }))).toBe("unknown");
  });

  it("says that a speed was assumed when only the report told the settings", () => {
    expect(rescanRequestOf("7", change({ speed: undefined }, "report"), "en")).toMatchObject({
      isSpeedAssumed: true,
      request: { speed: "1" },
    });
  });
});
