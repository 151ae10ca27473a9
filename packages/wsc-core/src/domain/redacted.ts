/** Replaces removed sign-in data in texts. */
export const redacted = "[REDACTED]";
