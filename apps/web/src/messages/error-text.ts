import { ApiError, WscError } from "@wsc-dashboard/wsc-core";
import type { Messages } from "./en.ts";
import type { ErrorText, UiErrorCode } from "./error-code.ts";

/** What a person is told about an error, and what they can pass on. */
export interface ErrorDescription extends ErrorText {
  readonly code: string;
  readonly requestId: string | null;
  /** Whether we have words of our own for the code. */
  readonly isKnown: boolean;
  /** The vendor's own words. Hostile text. */
  readonly upstreamMessage: string | null;
}

function isKnown(messages: Messages, code: string): code is UiErrorCode {
  return Object.hasOwn(messages.errors, code);
}

/** The text for a code; codes without one are named, never hidden. */
export function errorTextOf(messages: Messages, code: string): ErrorText {
  if (isKnown(messages, code)) return messages.errors[code];
  return { title: messages.shell.unknownCode(code), next: messages.shell.unknownCodeNext };
}

/** One sentence for a field: what is wrong and what to do. */
export function fieldTextOf(messages: Messages, code: string): string {
  const { title, next } = errorTextOf(messages, code);
  return messages.shell.sentences(title, next);
}

/** The same for a code that came without an exception, as the reason of a submission does. */
export function describeErrorCode(messages: Messages, code: string, upstreamMessage: string | null): ErrorDescription {
  return {
    ...errorTextOf(messages, code),
    code,
    isKnown: isKnown(messages, code),
    requestId: null,
    upstreamMessage,
  };
}

export function describeError(messages: Messages, error: unknown): ErrorDescription {
  const code = error instanceof WscError ? error.code : "INTERNAL_ERROR";
  const upstreamMessage = error instanceof WscError ? (error.details.upstreamMessage ?? null) : null;
  return {
    ...describeErrorCode(messages, code, upstreamMessage),
    requestId: error instanceof ApiError ? error.requestId : null,
  };
}
