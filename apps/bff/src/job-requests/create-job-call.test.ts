import { createHash } from "node:crypto";
import { redacted } from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentHashOf, jobCall, maskedJobCall } from "./create-job-call.ts";

const text = fc.string({ unit: "binary", maxLength: 40 });
const names = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/), { minLength: 1, maxLength: 4 });
const token = "#wsc-AAAAAAAAAAAAAAAA";
const job = fc.record({
  startUrl: fc.webUrl(),
  excludeUrls: fc.array(fc.webUrl(), { maxLength: 3 }),
  items: fc.array(text, { minLength: 1, maxLength: 3 }),
  userAgent: fc.constant("PC Chrome" as const),
  speed: fc.constant("1" as const),
  memo: text,
});

/** Cannot occur in the texts of the job above: it has a private-use character on either side. */
const secretOf = (name: string): string => `\u{f0000}value of ${name}\u{f0001}`;

describe("what a preview shows", () => {
  it("equals the sent call byte by byte, except for masked credentials", () => {
    fc.assert(
      fc.property(job, names, (content, headerNames) => {
        const headers = Object.fromEntries(headerNames.map((name) => [name, secretOf(name)]));
        const masked = maskedJobCall({ ...content, signIn: { kind: "headers", headers } }, token);
        const sent = jobCall({ ...content, signIn: { kind: "headers", headers } }, headers, token);
        let body = sent.body ?? "";
        for (const name of headerNames) body = body.replace(secretOf(name), () => redacted);
        expect({ ...sent, body }).toEqual({ ...masked, hash: undefined, body: masked.body });
        expect(masked.hash).toBe(createHash("sha256").update(body).digest("hex"));
      }),
    );
  });

  it("of a login form shows the call with the resulting cookie", () => {
    fc.assert(
      fc.property(job, text, (content, secret) => {
        const signIn = {
          kind: "form" as const,
          actionUrl: "https://www.example.com/login",
          idParam: "id",
          idValue: secret,
          passwordParam: "pw",
          passwordValue: secret,
          extra: {},
        };
        const { body } = jobCall({ ...content, signIn }, { Cookie: secretOf("Cookie") }, token);
        expect(body?.replace(secretOf("Cookie"), () => redacted)).toBe(
          maskedJobCall({ ...content, signIn }, token).body,
        );
      }),
    );
  });

  it("and its content hash do not depend on credentials", () => {
    fc.assert(
      fc.property(job, text, text, (content, one, other) => {
        const at = (value: string) => ({
          ...content,
          signIn: { kind: "headers" as const, headers: { Cookie: value } },
        });
        expect(maskedJobCall(at(one), token)).toEqual(maskedJobCall(at(other), token));
        expect(contentHashOf(at(one))).toBe(contentHashOf(at(other)));
        expect(contentHashOf(at(one))).not.toBe(contentHashOf({ ...at(one), memo: `${content.memo}!` }));
      }),
    );
  });
});
