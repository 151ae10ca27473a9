import { type ErrorCode, WscError } from "@wsc-dashboard/wsc-core";
import * as client from "openid-client";
import { textWithin } from "./bounded-fetch.ts";

/** An error of the provider: its code, and its text for the log. */
export interface ProviderError {
  readonly error: string;
  readonly description: string | null;
}

/**
 * Error codes of RFC 6749 (4.1.2.1, 5.2) and OpenID Connect Core 1.0 (3.1.2.6), with the error code shown to people. Any other
 * code means that the provider refuses.
 */
const codes: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  ["access_denied", "SIGN_IN_DENIED"],
  ["server_error", "IDENTITY_UNAVAILABLE"],
  ["temporarily_unavailable", "IDENTITY_UNAVAILABLE"],
  ["login_required", "SIGN_IN_INTERRUPTED"],
  ["interaction_required", "SIGN_IN_INTERRUPTED"],
  ["consent_required", "SIGN_IN_INTERRUPTED"],
  ["account_selection_required", "SIGN_IN_INTERRUPTED"],
  ["invalid_grant", "SIGN_IN_REFUSED"],
  ...[
    "invalid_request",
    "invalid_client",
    "invalid_scope",
    "invalid_target",
    "unauthorized_client",
    "unsupported_grant_type",
    "unsupported_response_type",
    "invalid_request_uri",
    "invalid_request_object",
    "request_not_supported",
    "request_uri_not_supported",
    "registration_not_supported",
  ].map((code): [string, ErrorCode] => [code, "SIGN_IN_MISCONFIGURED"]),
]);

/** Codes for a refresh token that end the session; any other says nothing about the person. */
export const endsSession: ReadonlySet<string> = new Set([
  "invalid_grant",
  "access_denied",
  "login_required",
  "interaction_required",
  "consent_required",
]);

const maxLength = 300;

/** Makes foreign text safe for logs: bounded, one line, without control characters. */
export const loggable = (text: string): string =>
  text
    .slice(0, maxLength)
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();

const said = (error: string, description: unknown): ProviderError => ({
  error: loggable(error),
  description: typeof description === "string" && description !== "" ? loggable(description) : null,
});

/** The error for a login that the provider refused. Its message is our own text and fit for the audit log. */
export function refusalBy(provider: ProviderError, where: string): WscError {
  const isKnown = codes.has(provider.error);
  const code = codes.get(provider.error) ?? "SIGN_IN_DENIED";
  return new WscError(code, `the provider answered ${isKnown ? provider.error : "a code of its own"}${where}`, {
    cause: provider,
  });
}

/** The provider's error in a callback URL; `null` when there is none. */
export function errorInCallback(query: URLSearchParams): ProviderError | null {
  const error = query.get("error");
  return error === null ? null : said(error, query.get("error_description"));
}

/** The provider's error in a failed call; `null` when there is none. */
export async function errorInAnswer(error: unknown): Promise<ProviderError | null> {
  if (error instanceof client.ResponseBodyError) return said(error.error, error.error_description);
  // A 401 with a Basic challenge still has its error in the body.
  if (!(error instanceof client.WWWAuthenticateChallengeError)) return null;
  try {
    const body: unknown = JSON.parse(await textWithin(error.response));
    const { error: code, error_description: description } = Object(body) as Record<string, unknown>;
    return said(typeof code === "string" ? code : "invalid_client", description);
  } catch {
    return said("invalid_client", null);
  }
}

/** Whether the provider was unreachable or failing, as opposed to refusing. */
export function isOutage(error: unknown): boolean {
  if (error instanceof client.ResponseBodyError) return error.status >= 500 || error.status === 429;
  const code = error instanceof client.ClientError ? error.code : undefined;
  return error instanceof TypeError || code === "OAUTH_TIMEOUT" || code === "OAUTH_RESPONSE_IS_NOT_CONFORM";
}
