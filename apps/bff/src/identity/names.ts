import { WscError } from "@wsc-dashboard/wsc-core";
import { invisibleIn, trimmed } from "../config/setting-text.ts";

const maxNameLength = 256;

/**
 * Whether a text can identify a person. Names are compared exactly, so invisible characters are rejected: names that look alike
 * must be equal. An ordinary space is allowed.
 */
export function isName(value: unknown): value is string {
  return (
    typeof value === "string" && value.length <= maxNameLength && trimmed(value) !== "" && invisibleIn(value) === null
  );
}

/** Whether a text can be displayed as a name. Other space characters are usual there (山田　太郎). */
function isLabel(value: unknown): value is string {
  return typeof value === "string" && value.length <= maxNameLength && isName(value.replace(/\p{Zs}/gu, " "));
}

/** The first text that can be displayed as a name, else `last`. */
export const firstLabel = (texts: readonly unknown[], last: string): string => texts.find(isLabel) ?? last;

/** The display name: a name, else a mail address, else the subject. Never used for decisions. */
export function labelOf(claims: Readonly<Record<string, unknown>>, subject: string): string {
  const { name, preferred_username: username, email } = claims;
  const isAddress = typeof email === "string" && email.split("@").length === 2;
  return firstLabel([name, username, isAddress ? email : null], subject);
}

/** A user id from issuer and subject, since a subject is unique only per issuer. Throws SESSION_REQUIRED. */
export function subjectId(issuer: string, subject: unknown): string {
  if (!isName(subject)) throw new WscError("SESSION_REQUIRED", "the subject is missing or holds odd signs");
  return `${issuer}#${encodeURIComponent(subject)}`;
}
