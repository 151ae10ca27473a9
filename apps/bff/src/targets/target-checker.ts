import { excerptLength, type SignIn, type TargetView, WscError } from "@wsc-dashboard/wsc-core";
import type { Cookie } from "tough-cookie";
import { cookiesFor, newJar } from "./cookie-jar.ts";
import { attemptSignIn } from "./form-sign-in.ts";
import { findLoginForm, type LoginForm } from "./login-form.ts";
import { readLoginPage } from "./login-page.ts";
import { createMask } from "./mask-secrets.ts";
import type { TargetAnswer, TargetFetcher } from "./target-fetcher.ts";

/** Shorter parts of a header or cookie (a flag, a language) would mask ordinary words. */
const minPartLength = 8;
/** Limits for the cookie names of a page that are shown. */
const maxNames = 100;
const maxNameLength = 256;
const isMaskable = (part: string): boolean => part.length >= minPartLength;
const pairValue = (pair: string): string => pair.slice(pair.indexOf("=") + 1).trim();

/** All parts of a target sign-in that must not be shown: entered values, and the parts of headers. */
function secretsOf(signIn: SignIn): string[] {
  if (signIn.kind === "none") return [];
  if (signIn.kind === "form") return [signIn.idValue, signIn.passwordValue, ...Object.values(signIn.extra)];
  return Object.values(signIn.headers).flatMap((value) => [
    value,
    ...[...value.split(";").map(pairValue), ...value.split(/\s+/)].filter(isMaskable),
  ]);
}

const cookieNamesOf = ({ headers }: { headers: Readonly<Record<string, string>> }): string[] =>
  Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === "cookie")
    .flatMap(([, value]) => value.split(";").flatMap((pair) => /^\s*([^=\s]+)=/.exec(pair)?.[1] ?? []));

/** Content types whose text is shown. */
const isText = (type: string): boolean =>
  type === "" || /^(?:text\/|application\/(?:xhtml|json|xml|problem))/i.test(type);

function viewOf(answer: TargetAnswer, cookies: readonly Cookie[], ownNames: readonly string[], secrets: string[]) {
  const { origin, pathname, search, searchParams } = answer.url;
  // A query may contain a ticket that is as good as a password.
  const given = [...cookies.map(({ value }) => value), ...searchParams.values()].filter(isMaskable);
  const mask = createMask([...secrets, ...given]);
  const names = new Set([...ownNames, ...cookies.map(({ key }) => key)]);
  const text = isText(answer.type) ? readLoginPage(answer.text, null).text : "";
  return {
    finalUrl: mask(`${origin}${pathname}`) + (search === "" ? "" : "?…"),
    status: answer.status,
    cookieNames: [...names].slice(0, maxNames).map((name) => mask(name).slice(0, maxNameLength)),
    // Masked before it is truncated: half a secret would not be recognised.
    excerpt: [...mask(text)].slice(0, excerptLength).join(""),
  };
}

export interface LoginPageView extends Omit<TargetView, "cookieNames" | "signedIn"> {
  readonly form: LoginForm | null;
}

/** Reads a login page and looks for its login form. Throws 160353 or TARGET_ADDRESS_FORBIDDEN; the error names the field. */
export async function viewLoginPage(fetcher: TargetFetcher, pageUrl: string): Promise<LoginPageView> {
  const jar = newJar();
  const answer = await fetcher.fetch({ url: new URL(pageUrl), jar }).catch((error: unknown) => {
    if (!(error instanceof WscError)) throw error;
    throw new WscError(error.code, error.message, { errors: [{ pointer: "/pageUrl", code: error.code }] });
  });
  const { cookieNames: _, ...view } = viewOf(answer, await cookiesFor(jar, pageUrl), [], []);
  return { ...view, form: isText(answer.type) ? findLoginForm(answer.text, answer.url) : null };
}

/**
 * Requests a target as the dashboard will do when a submission is due, and reports the result without values of the sign-in.
 * Throws 160351 with what was seen, 160353 or TARGET_ADDRESS_FORBIDDEN; the error names the field.
 */
export async function checkTarget(fetcher: TargetFetcher, startUrl: string, signIn: SignIn): Promise<TargetView> {
  const secrets = secretsOf(signIn);
  if (signIn.kind === "form") {
    const { answer, cookies, outcome } = await attemptSignIn(fetcher, signIn, startUrl);
    const seen = { ...viewOf(answer, cookies, [], secrets), signedIn: outcome };
    if (outcome.worked) return seen;
    throw new WscError("160351", `the login failed: ${outcome.reason}`, {
      errors: [{ pointer: "/signIn", code: "160351" }],
      seen,
    });
  }
  const jar = newJar();
  const headers = signIn.kind === "headers" ? signIn.headers : {};
  const answer = await fetcher.fetch({ url: new URL(startUrl), jar, headers }).catch((error: unknown) => {
    if (!(error instanceof WscError)) throw error;
    throw new WscError(error.code, error.message, { errors: [{ pointer: "/startUrl", code: error.code }] });
  });
  return { ...viewOf(answer, await cookiesFor(jar, startUrl), cookieNamesOf({ headers }), secrets), signedIn: null };
}
