import { loggable } from "./provider-errors.ts";

/** Log details of a refused login or logout token: our reason, and the provider's text. */
export function errorDetails(error: unknown): Readonly<Record<string, string>> {
  const { message, cause } = error instanceof Error ? error : new Error("unknown reason");
  const reason = { reason: loggable(message) };
  if (cause instanceof Error) return { ...reason, cause: loggable(cause.message) };
  const { error: code, description } = Object(cause) as Readonly<Record<string, unknown>>;
  return {
    ...reason,
    ...(typeof code === "string" ? { providerError: code } : {}),
    ...(typeof description === "string" ? { providerDescription: description } : {}),
  };
}
