import { type FormSignIn, type SignInOutcome, type SignInReason, WscError } from "@wsc-dashboard/wsc-core";
import type { Cookie } from "tough-cookie";
import { fieldRefusal } from "../errors/field-refusal.ts";
import { cookieHeader, cookiesFor, newJar } from "./cookie-jar.ts";
import { type LoginPage, readLoginPage } from "./login-page.ts";
import type { TargetAnswer, TargetFetcher } from "./target-fetcher.ts";

export interface SignInAttempt {
  /** The final response. */
  readonly answer: TargetAnswer;
  /** Cookies for the target. The values are secrets. */
  readonly cookies: readonly Cookie[];
  /** For `Headers.Cookie`; empty when no cookie was set. */
  readonly cookie: string;
  readonly outcome: SignInOutcome;
}

/** Time limit for page and form together, in milliseconds; well below the lease of a claim. */
const signInLimitMs = 20_000;
const maxCookieLength = 8_000;
const isRefused = (status: number): boolean => status === 401 || status === 403 || status >= 500;

/** Adds the field to an error. An unreachable host is always reported at the field of the form's address. */
async function reach<T>(work: Promise<T>, field: "pageUrl" | "actionUrl"): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof WscError)) throw error;
    const pointer = `/signIn/${error.code === "160353" ? "actionUrl" : field}`;
    throw new WscError(error.code, error.message, { errors: [{ pointer, code: error.code }] });
  }
}

/** What a browser would send: the form's hidden fields, overridden by the values that a person entered. */
function formBody(hidden: LoginPage["hidden"], signIn: FormSignIn): string {
  const typed = new Map([
    [signIn.idParam, signIn.idValue],
    [signIn.passwordParam, signIn.passwordValue],
    ...Object.entries(signIn.extra),
  ]);
  const body = new URLSearchParams();
  for (const [name, value] of hidden) if (!typed.has(name)) body.append(name, value);
  for (const [name, value] of typed) body.append(name, value);
  return body.toString();
}

/** Why the login counts as failed; `null` if it succeeded. A text of success, when given, decides instead of the signs of failure. */
function failureOf(
  { successText, passwordParam }: FormSignIn,
  answer: TargetAnswer,
  cookie: string,
): Exclude<SignInReason, "successText" | "cookie"> | null {
  const end = readLoginPage(answer.text, passwordParam);
  if (successText === undefined) {
    if (isRefused(answer.status)) return "refused";
    if (end.asksForPassword) return "asksForPassword";
  } else if (!end.text.includes(successText) && !answer.text.includes(successText)) return "noSuccessText";
  // The scanner receives the cookie and nothing else.
  if (cookie === "") return "noCookie";
  return cookie.length > maxCookieLength ? "cookieTooLong" : null;
}

/**
 * Logs in like a browser: reads the page, sends the form with its hidden fields and cookies, follows redirects within the site.
 * Throws 160353 or TARGET_ADDRESS_FORBIDDEN when page or form cannot be reached; the error names the field.
 */
export async function attemptSignIn(
  fetcher: TargetFetcher,
  signIn: FormSignIn,
  startUrl: string,
): Promise<SignInAttempt> {
  const deadline = performance.now() + signInLimitMs;
  const jar = newJar();
  const pageUrl = new URL(signIn.pageUrl ?? signIn.actionUrl);
  const actionUrl = new URL(signIn.actionUrl);
  const page = await reach(
    fetcher.fetch({ url: pageUrl, jar, deadline }),
    signIn.pageUrl === undefined ? "actionUrl" : "pageUrl",
  );
  const { hidden } = readLoginPage(page.text, signIn.passwordParam);
  const answer = await reach(
    fetcher.fetch({
      url: actionUrl,
      method: "POST",
      form: formBody(hidden, signIn),
      // Many servers accept a form only from the page that contains it.
      headers: { Origin: page.url.origin, Referer: `${page.url.origin}${page.url.pathname}` },
      jar,
      deadline,
    }),
    "actionUrl",
  );
  const cookies = await cookiesFor(jar, startUrl);
  const cookie = cookieHeader(cookies);
  const failure = failureOf(signIn, answer, cookie);
  const reason = failure ?? (signIn.successText === undefined ? "cookie" : "successText");
  return { answer, cookies, cookie, outcome: { worked: failure === null, reason } };
}

/** Logs in for a job and returns the value of `Headers.Cookie`. Throws like `attemptSignIn`, and 160351 when the login failed. */
export async function signInByForm(fetcher: TargetFetcher, signIn: FormSignIn, startUrl: string): Promise<string> {
  const { cookie, outcome } = await attemptSignIn(fetcher, signIn, startUrl);
  if (!outcome.worked) throw fieldRefusal("160351", "/signIn");
  return cookie;
}
