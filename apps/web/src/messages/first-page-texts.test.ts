import { describe, expect, it } from "vitest";
import { errorTextOf } from "./error-text.ts";
import { errorTextsIn, loadErrorTexts, loadFirstPage, loadMessages, onErrorTexts } from "./language.ts";

describe("the texts of the first page", () => {
  it("hold those of outages, with which nothing more can be fetched", async () => {
    const messages = await loadFirstPage("ko");
    const { errors } = await loadMessages("ko");
    for (const code of ["DASHBOARD_UNREACHABLE", "INTERNAL_ERROR", "SESSION_REQUIRED"] as const) {
      expect(messages.errors[code]).toEqual(errors[code]);
    }
  });

  it("name a refusal by its code until its text is there, and tell when it is", async () => {
    const messages = await loadFirstPage("ja");
    let told = 0;
    const stop = onErrorTexts(() => {
      told += 1;
    });
    expect(errorTextsIn("ja")).toBeUndefined();
    expect(errorTextOf(messages, "ROLE_FORBIDDEN").title).toBe(messages.shell.unknownCode("ROLE_FORBIDDEN"));
    await loadErrorTexts("ja");
    stop();
    expect(told).toBe(1);
    const { errors } = await loadMessages("ja");
    expect(errorTextOf(messages, "ROLE_FORBIDDEN")).toEqual(errors.ROLE_FORBIDDEN);
    expect(errorTextsIn("ja")).toEqual(errors);
  });
});
