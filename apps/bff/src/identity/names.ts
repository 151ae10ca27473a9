import { WscError } from "@wsc-dashboard/wsc-core";

const longestName = 256;

/** Control, bidirectional and line signs: whoever has them in a name wants to be mistaken for somebody else. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Whether a text can name a person. */
export function isName(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && value.length <= longestName && !hidden.test(value);
}

/** What people read: a name, else an address, else the subject itself. A label only; it decides nothing. */
export function labelOf(claims: Readonly<Record<string, unknown>>, subject: string): string {
  const { name, preferred_username: username, email } = claims;
  if (isName(name)) return name;
  if (isName(username)) return username;
  return isName(email) && email.split("@").length === 2 ? email : subject;
}

/** A subject means something only together with who vouches for it. Throws SESSION_REQUIRED. */
export function subjectId(issuer: string, subject: unknown): string {
  if (!isName(subject)) throw new WscError("SESSION_REQUIRED", "the subject is missing or holds odd signs");
  return `${issuer}#${encodeURIComponent(subject)}`;
}
