import { parseCookie, stringifyCookie } from "cookie";
import type { Request, Response } from "express";

/** `visit` is set with the sign-in form and protects it; `session` identifies the signed-in member. */
const cookieNames = { visit: "boat_visit", session: "boat_session" } as const;
type CookieName = keyof typeof cookieNames;

// Accepts only values of the form that this site generates.
const secret = /^[0-9a-f]{32}$/;

/** Returns the request's cookie, if it has that form. */
export function readCookie({ headers }: Request, name: CookieName): string | undefined {
  const value = parseCookie(headers.cookie ?? "")[cookieNames[name]];
  return value !== undefined && secret.test(value) ? value : undefined;
}

const attributes = { httpOnly: true, sameSite: "lax", path: "/" } as const;

export function setCookie(response: Response, name: CookieName, value: string, maxAgeMs?: number): void {
  response.cookie(cookieNames[name], value, { ...attributes, ...(maxAgeMs === undefined ? {} : { maxAge: maxAgeMs }) });
}

export function clearCookie(response: Response, name: CookieName): void {
  response.clearCookie(cookieNames[name], attributes);
}

/** Returns a Cookie header value with a session. */
export function sessionCookieHeader(session: string): string {
  return stringifyCookie({ [cookieNames.session]: session });
}
