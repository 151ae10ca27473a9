import { parseCookie, stringifyCookie } from "cookie";
import type { Request, Response } from "express";

/** `visit` comes with the sign-in form and guards it; `session` says who is signed in. */
const cookieNames = { visit: "boat_visit", session: "boat_session" } as const;
type CookieName = keyof typeof cookieNames;

// Ours only: of other values nothing is believed.
const secret = /^[0-9a-f]{32}$/;

/** The request's cookie, if it looks like one of ours. */
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

/** The value of a Cookie header that carries a session. */
export function sessionCookieHeader(session: string): string {
  return stringifyCookie({ [cookieNames.session]: session });
}
