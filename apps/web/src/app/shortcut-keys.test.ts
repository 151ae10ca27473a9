import { describe, expect, it } from "vitest";
import { worstCondition } from "./conditions.ts";
import { readCookie } from "./preferences.ts";
import { commandOf } from "./shortcut-keys.ts";

const press = (code: string, key: string, shiftKey = false) => commandOf({ code, key, shiftKey }, false);

describe("a key press", () => {
  it.each([
    ["KeyN", "n", "newJob"],
    ["KeyN", "ㅜ", "newJob"],
    ["KeyJ", "ま", "nextRow"],
    ["KeyX", "ㅌ", "select"],
    ["KeyR", "ㄱ", "scanAgain"],
    ["Slash", "/", "search"],
    ["Slash", "・", "search"],
    ["BracketRight", "[", "previousFinding"],
    ["Backslash", "]", "nextFinding"],
  ])("%s typing %s is %s, whatever the layout", (code, key, command) => {
    expect(press(code, key)).toBe(command);
  });

  it("with shift asks for help only with the question mark", () => {
    expect(press("Slash", "?", true)).toBe("help");
    expect(press("KeyN", "N", true)).toBeNull();
  });

  it("after g goes to the jobs with s, to the schedules with d, and nowhere else", () => {
    expect(commandOf({ code: "KeyS", key: "s", shiftKey: false }, true)).toBe("goJobs");
    expect(commandOf({ code: "KeyD", key: "ㅇ", shiftKey: false }, true)).toBe("goSchedules");
    expect(commandOf({ code: "KeyN", key: "n", shiftKey: false }, true)).toBeNull();
  });

  it.each([
    ["KeyS", "s"],
    ["KeyG", "g"],
    ["Enter", "Enter"],
    ["Escape", "Escape"],
    ["BracketRight", "ü"],
  ])("%s typing %s is nobody's command, except where its place has one", (code, key) => {
    expect(press(code, key)).toBe(code === "BracketRight" ? "nextFinding" : null);
  });
});

describe("the one banner", () => {
  it("shows the worst of several conditions", () => {
    expect(worstCondition(["410", "UPSTREAM_TIMEOUT", "200"])).toBe("200");
  });

  it("shows an unknown code, but only when no known one applies", () => {
    expect(worstCondition(["JOB_NOT_FOUND", "160999"])).toBe("160999");
    expect(worstCondition(["160999", "410"])).toBe("410");
  });

  it.each([[[]], [["JOB_NOT_FOUND"]], [["160701", "160453"]]])("is not shown for %j", (codes) => {
    expect(worstCondition(codes)).toBeNull();
  });
});

describe("a cookie", () => {
  it("is found among others", () => {
    expect(readCookie("a=1; wsc_lang=ko; b=2", "wsc_lang")).toBe("ko");
  });

  it.each(["", "xwsc_lang=ko", "wsc_lang_x=ko", "wsc_lang"])("is not found in %j", (cookies) => {
    expect(readCookie(cookies, "wsc_lang")).toBeUndefined();
  });
});
