/** What stands wherever sign-in data was taken out of a text. */
export const redacted = "[REDACTED]";
