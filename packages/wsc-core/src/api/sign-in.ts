import * as z from "zod/mini";
import { codeError, tooLong } from "./code-error.ts";
import { limits } from "./limits.ts";
import { webUrlSchema } from "./web-url.ts";

// RFC 9110 section 5.6.2 (token) and 5.5 (field value, visible characters only).
const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Header names that belong to the connection, not to the person's session. */
const connectionHeaders: ReadonlySet<string> = new Set([
  "host",
  "content-length",
  "connection",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
  "keep-alive",
  "proxy-connection",
]);

const headersSchema = z
  .record(
    z.string(),
    z.string().check(
      z.maxLength(limits.headerValueLength, tooLong),
      z.refine((value) => headerValue.test(value), codeError("HEADER_NOT_ALLOWED")),
    ),
  )
  .check(
    z.refine(
      (headers) =>
        Object.keys(headers).every((name) => headerName.test(name) && !connectionHeaders.has(name.toLowerCase())),
      codeError("HEADER_NOT_ALLOWED"),
    ),
    z.refine((headers) => Object.keys(headers).length > 0, codeError("160432")),
    z.refine((headers) => Object.keys(headers).length <= limits.headers, tooLong),
  );

/** Letters, digits and the characters that frameworks use in field names, such as user[name], form:id or ctl00$user. */
const parameterName = /^[\p{L}\p{N}_.$:[\]-]*$/u;

/** Returns whether the text is allowed as the name of a login parameter; any other is 160332. */
export function isSignInParameterName(text: string): boolean {
  return text !== "" && parameterName.test(text);
}

const parameterNameSchema = z.string().check(
  z.trim(),
  z.minLength(1, codeError("160432")),
  z.maxLength(limits.signInNameLength, tooLong),
  z.refine((text) => parameterName.test(text), codeError("160332")),
);
const valueSchema = z.string().check(z.maxLength(limits.signInValueLength, tooLong));
const requiredValueSchema = valueSchema.check(z.minLength(1, codeError("160432")));

const extraSchema = z
  .record(z.string(), valueSchema)
  .check(z.refine((extra) => Object.keys(extra).length <= limits.signInExtra, tooLong));

/** A login form that the dashboard submits itself when the submission is due, because the vendor accepts headers only. */
const formSignInSchema = z
  .strictObject({
    kind: z.literal("form"),
    /** URL to which the form is sent. */
    actionUrl: webUrlSchema,
    idParam: parameterNameSchema,
    idValue: requiredValueSchema,
    passwordParam: parameterNameSchema,
    passwordValue: requiredValueSchema,
    /** The page with the form, when it is another one. */
    pageUrl: z.optional(webUrlSchema),
    /** Text that only a signed-in visitor sees; if set, it alone decides whether the login succeeded. */
    successText: z.optional(
      z.string().check(z.trim(), z.minLength(1, codeError("160432")), z.maxLength(limits.signInValueLength, tooLong)),
    ),
    /** Further fields of the form. */
    extra: z._default(extraSchema, {}),
  })
  .check(
    z.check(({ value, issues }) => {
      const refuse = (code: string, path: PropertyKey[]): void =>
        void issues.push({ code: "custom", message: code, input: value, path });
      if (value.idParam === value.passwordParam && value.idParam !== "") refuse("VALUE_INVALID", ["passwordParam"]);
      for (const name of Object.keys(value.extra)) {
        if (!isSignInParameterName(name) || name.length > limits.signInNameLength) refuse("160332", ["extra", name]);
        else if (name === value.idParam || name === value.passwordParam) refuse("VALUE_INVALID", ["extra", name]);
      }
    }),
  );

export const signInSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("headers"), headers: headersSchema }),
  formSignInSchema,
]);
export type SignIn = z.output<typeof signInSchema>;
export type FormSignIn = Extract<SignIn, { kind: "form" }>;
