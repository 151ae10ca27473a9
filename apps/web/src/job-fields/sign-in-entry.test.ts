import { describe, expect, it } from "vitest";
import { entryWith } from "../testing/sign-in-entry.ts";
import {
  coverValues,
  emptyEntry,
  hasSecrets,
  headersOf,
  type SignInEntry,
  signInOf,
  withoutSecrets,
} from "./sign-in-entry.ts";

const canary = "canary-7f3a";
const filled = entryWith(canary);

describe("headers", () => {
  it("are the rows with a value, trimmed", () => {
    expect(
      headersOf([
        { id: 1, name: " Cookie ", value: " SID=1 " },
        { id: 2, name: "Authorization", value: " " },
        { id: 3, name: "", value: "" },
      ]),
    ).toEqual({ Cookie: "SID=1" });
  });

  it("keep a value without a name, so that it is refused and not lost", () => {
    expect(headersOf([{ id: 1, name: "", value: "SID=1" }])).toEqual({ "": "SID=1" });
  });
});

describe("the sign-in of a request", () => {
  it("contains only fields of the chosen kind", () => {
    expect(signInOf("none", filled)).toEqual({ kind: "none" });
    expect(signInOf("headers", filled)).toEqual({ kind: "headers", headers: { Cookie: `SID=${canary}` } });
    expect(signInOf("form", filled)).not.toHaveProperty("headers");
  });

  it("omits empty fields, and keeps blanks inside a value", () => {
    const login = { ...filled.login, pageUrl: " ", successText: "", passwordValue: " pass word " };
    expect(signInOf("form", { ...filled, login })).toEqual({
      kind: "form",
      actionUrl: "https://www.example.com/login",
      idParam: "user",
      idValue: canary,
      passwordParam: "pass",
      passwordValue: " pass word ",
      extra: { tenant: canary },
    });
  });

  it("allows empty values of further fields, and omits untouched rows", () => {
    const extra = [
      { id: 1, name: "remember", value: "" },
      { id: 2, name: " ", value: "" },
      { id: 3, name: "__proto__", value: "x" },
    ];
    const signIn = signInOf("form", { ...filled, extra });
    expect(Object.entries("extra" in signIn ? signIn.extra : {})).toEqual([
      ["remember", ""],
      ["__proto__", "x"],
    ]);
  });
});

describe("a sign-in with masked values", () => {
  it.each(["none", "headers", "form"] as const)(
    "of the kind %s says which values there are and none of them",
    (kind) => {
      const signIn = signInOf(kind, filled);
      const covered = coverValues(signIn);
      expect(JSON.stringify(covered)).not.toContain(canary);
      expect(Object.keys(covered)).toEqual(Object.keys(signIn));
      if (covered.kind === "headers") expect(Object.keys(covered.headers)).toEqual(["Cookie"]);
      if (covered.kind === "form") expect(Object.keys(covered.extra)).toEqual(["tenant"]);
    },
  );
});

describe("the secrets of a sign-in", () => {
  it("are none in an empty form and after masking", () => {
    expect(hasSecrets(emptyEntry)).toBe(false);
    expect(hasSecrets(withoutSecrets(filled))).toBe(false);
    expect(JSON.stringify(withoutSecrets(filled))).not.toContain(canary);
  });

  it("include every value", () => {
    const { login } = emptyEntry;
    const entries: SignInEntry[] = [
      { ...emptyEntry, headers: filled.headers },
      { ...emptyEntry, extra: filled.extra },
      { ...emptyEntry, login: { ...login, idValue: canary } },
      { ...emptyEntry, login: { ...login, passwordValue: canary } },
    ];
    for (const entry of entries) expect(hasSecrets(entry)).toBe(true);
  });

  it("do not include names and URLs", () => {
    const { idValue: _, passwordValue: __, ...names } = filled.login;
    expect(withoutSecrets(filled).login).toMatchObject(names);
    expect(withoutSecrets(filled).extra).toEqual([{ id: 4, name: "tenant", value: "" }]);
  });
});
