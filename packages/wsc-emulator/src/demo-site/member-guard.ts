import type { Request, RequestHandler, Response } from "express";
import { readCookie } from "./demo-cookies.ts";
import { renderPage } from "./demo-layout.ts";
import { demoSignInForm } from "./demo-member.ts";
import type { DemoSessions } from "./demo-sessions.ts";
import { textParameter } from "./text-parameter.ts";

const { tokenParameter } = demoSignInForm;

// No scripts. Unlike the shop's pages these keep an origin: browsers send no cookies with forms of a page without one.
const policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Sets the Content-Security-Policy of the member pages. */
export function setMemberPolicy(_request: Request, response: Response, next: () => void): void {
  response.setHeader("Content-Security-Policy", policy);
  next();
}

/** Returns the session of the request's cookie if it is open. */
export function openSession(sessions: DemoSessions, request: Request): string | undefined {
  const session = readCookie(request, "session");
  return sessions.isOpen(session) ? session : undefined;
}

/** The hidden field with the anti-forgery token for the holder of `cookie`, as HTML. */
export function tokenField(sessions: DemoSessions, cookie: string): string {
  return `<input type="hidden" name="${tokenParameter}" value="${sessions.tokenOf(cookie)}">`;
}

/** The anti-forgery token in the body of the request. */
export function sentToken(request: Request): string {
  return textParameter(request.body, tokenParameter);
}

/** Redirects visitors without a session to the sign-in page. */
export function requireMember(sessions: DemoSessions): RequestHandler {
  return (request, response, next) => {
    response.setHeader("Cache-Control", "no-store");
    if (openSession(sessions, request) === undefined) response.redirect(303, demoSignInForm.page);
    else next();
  };
}

/** Refuses a form whose token does not match the session. */
export function requireToken(sessions: DemoSessions): RequestHandler {
  return (request, response, next) => {
    if (sessions.isTokenOf(openSession(sessions, request), sentToken(request))) return next();
    response.status(403).send(renderPage("Not accepted", "<p>This form is no longer valid. Open it again.</p>"));
  };
}
