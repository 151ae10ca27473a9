import { redacted } from "@wsc-dashboard/wsc-core";
import { spellings } from "../log/redaction.ts";

const folded = (text: string): string => text.replace(/\s+/g, " ").trim();
/** As application/x-www-form-urlencoded has it. */
const formEncoded = (text: string): string => new URLSearchParams({ "": text }).toString().slice(1);

/** A text of the target without the values we sent it or got from it, in every spelling in which a page may give them back. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const values = [
    ...new Set(secrets.flatMap((secret) => [...spellings(secret), formEncoded(secret), folded(secret)])),
  ].filter((value) => value !== "");
  // Longest first, so that no rest of a longer one is left; case aside, since pages change it.
  values.sort((a, b) => b.length - a.length);
  const pattern = values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return pattern === "" ? text : text.replace(new RegExp(pattern, "giu"), redacted);
}
