import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Draft, draftSchema, signInOutline, storableDraft } from "./drafts.ts";
import type { SignIn } from "./sign-in.ts";

const canary = "canary-7d3e";
const text = fc.string({ unit: "binary", maxLength: 60 });
const anything = fc.anything({ maxDepth: 2 });

describe("a draft", () => {
  const field = fc.constantFrom(
    "startUrl",
    "excludeUrls",
    "items",
    "userAgent",
    "speed",
    "memo",
    "hosting",
    "signIn",
    "when",
  );
  it("is reduced to what can be stored, and reducing again changes nothing", () => {
    fc.assert(
      fc.property(fc.dictionary(field, anything), (draft) => {
        const kept = storableDraft(draft as Draft);
        expect(draftSchema.safeParse(kept).success).toBe(true);
        expect(storableDraft(kept)).toEqual(kept);
      }),
    );
  });

  it("has no field for a secret, under any name and at any depth", () => {
    const known = [
      "kind",
      "headerNames",
      "pageUrl",
      "actionUrl",
      "idParam",
      "passwordParam",
      "successText",
      "extraNames",
    ];
    const name = fc.oneof(text, fc.constantFrom("idValue", "passwordValue", "headers", "value", "Cookie"));
    fc.assert(
      fc.property(name, fc.constantFrom("top", "signIn", "when"), (unknown, place) => {
        fc.pre(unknown !== "__proto__" && !known.includes(unknown) && !(unknown in Object.prototype));
        const secret = { [unknown]: { a: canary } };
        const draft = place === "top" ? secret : { memo: "kept", [place]: secret };
        expect(draftSchema.safeParse(draft).success).toBe(false);
        expect(JSON.stringify(storableDraft(draft as Draft))).not.toContain(canary);
      }),
    );
  });

  it("that is too long loses its longest lists first", () => {
    const urls = Array.from({ length: 200 }, (_, index) => `https://www.example.com/${index}/${"a".repeat(300)}`);
    expect(storableDraft({ startUrl: "https://www.example.com/", items: ["XSS"], excludeUrls: urls })).toEqual({
      startUrl: "https://www.example.com/",
      items: ["XSS"],
    });
  });

  it.each([
    `https://me:${canary}@www.example.com/`,
    `  HTTPS:\\\\me:${canary}@www.example.com/`,
    `//me:${canary}@www.example.com/`,
    `me:${canary}@www.example.com`,
  ])("does not keep the address %j with its password", (startUrl) => {
    expect(JSON.stringify(storableDraft({ startUrl, excludeUrls: [startUrl], memo: "m" }))).toBe('{"memo":"m"}');
  });
});

describe("the outline of a sign-in", () => {
  const secret = fc.uuid().map((id) => `secret ${id}`);
  const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,10}$/);
  const signIn: fc.Arbitrary<SignIn> = fc.oneof(
    fc.constant({ kind: "none" as const }),
    fc.record({ kind: fc.constant("headers" as const), headers: fc.dictionary(key, secret, { minKeys: 1 }) }),
    fc.record({
      kind: fc.constant("form" as const),
      actionUrl: fc.webUrl(),
      idParam: key,
      idValue: secret,
      passwordParam: key,
      passwordValue: secret,
      extra: fc.dictionary(key, secret),
    }),
  );
  it("contains its kind and names, and never a value", () => {
    fc.assert(
      fc.property(signIn, (given) => {
        const outline = signInOutline(given);
        expect(JSON.stringify(outline)).not.toContain("secret ");
        expect(outline.kind).toBe(given.kind);
        expect(draftSchema.safeParse({ signIn: outline }).success).toBe(true);
        if (given.kind === "headers") expect(outline.headerNames).toEqual(Object.keys(given.headers));
        if (given.kind === "form") expect(outline.extraNames).toEqual(Object.keys(given.extra));
      }),
    );
  });
});
