import * as z from "zod/mini";

/**
 * Why a login by form counts as successful or not. Successful: successText: the expected text is there; cookie: a cookie for the
 * target was set and nothing asks for the password again. Failed: noSuccessText: the expected text is missing; refused: the
 * final response is 401, 403 or 5xx; asksForPassword: its page still has the password field; noCookie: no cookie for the target
 * was set; cookieTooLong: the cookies do not fit into the header that a job carries.
 */
export const signInReasons = [
  "successText",
  "cookie",
  "noSuccessText",
  "refused",
  "asksForPassword",
  "noCookie",
  "cookieTooLong",
] as const;
export type SignInReason = (typeof signInReasons)[number];

export const signInOutcomeSchema = z.object({ worked: z.boolean(), reason: z.enum(signInReasons) });
export type SignInOutcome = z.output<typeof signInOutcomeSchema>;

/** What the dashboard saw of a target, without values of a target sign-in. */
export const targetViewSchema = z.object({
  /** Where the last redirect led. */
  finalUrl: z.string(),
  status: z.int(),
  /** Names of the cookies that were seen; never a value. */
  cookieNames: z.array(z.string()),
  /** The page's beginning as text. Hostile text. */
  excerpt: z.string(),
  /** Whether a login by form succeeded; `null` for any other request. */
  signedIn: z.nullable(signInOutcomeSchema),
});
export type TargetView = z.output<typeof targetViewSchema>;

/** Reads the view that an error carries; `null` if it carries none. */
export function readTargetView(value: unknown): TargetView | null {
  const read = targetViewSchema.safeParse(value);
  return read.success ? read.data : null;
}
