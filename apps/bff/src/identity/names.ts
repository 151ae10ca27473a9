import { WscError } from "@wsc-dashboard/wsc-core";
import { invisibleIn, trimmed } from "../config/setting-text.ts";

const maxNameLength = 256;

/**
 * Whether a text can name a person. Compared as it is, so it holds nothing that is not seen: two names that look alike are
 * one name. A plain blank is seen.
 */
export function isName(value: unknown): value is string {
  return (
    typeof value === "string" && value.length <= maxNameLength && trimmed(value) !== "" && invisibleIn(value) === null
  );
}

/** Whether a text can be shown as a name. Blanks of other widths are usual there (山田　太郎). */
function isLabel(value: unknown): value is string {
  return typeof value === "string" && value.length <= maxNameLength && isName(value.replace(/\p{Zs}/gu, " "));
}

/** The first of some texts that can be shown as a name, else the last resort. */
export const firstLabel = (texts: readonly unknown[], last: string): string => texts.find(isLabel) ?? last;

/** What people read: a name, else an address, else the subject itself. A label only; it decides nothing. */
export function labelOf(claims: Readonly<Record<string, unknown>>, subject: string): string {
  const { name, preferred_username: username, email } = claims;
  const isAddress = typeof email === "string" && email.split("@").length === 2;
  return firstLabel([name, username, isAddress ? email : null], subject);
}

/** A subject means something only together with who vouches for it. Throws SESSION_REQUIRED. */
export function subjectId(issuer: string, subject: unknown): string {
  if (!isName(subject)) throw new WscError("SESSION_REQUIRED", "the subject is missing or holds odd signs");
  return `${issuer}#${encodeURIComponent(subject)}`;
}
