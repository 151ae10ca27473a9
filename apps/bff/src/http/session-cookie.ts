import type { CookieOptions } from "express";
import { cookieName } from "../identity/oidc.ts";

/** Name and options of the session cookie for the dashboard at `publicOrigin`. */
export function sessionCookieOf(publicOrigin: string): { readonly name: string; readonly options: CookieOptions } {
  const secure = publicOrigin.startsWith("https:");
  return { name: cookieName(publicOrigin, "wsc_sid"), options: { path: "/", httpOnly: true, secure } };
}
