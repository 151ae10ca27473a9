import { createHash } from "node:crypto";
import { findingIdentity } from "@wsc-dashboard/wsc-core";

/** The key of the verdict on a finding of a target; a hash that reveals neither. */
export function verdictIdOf(host: string, fingerprint: string): string {
  return createHash("sha256")
    .update(JSON.stringify([host, findingIdentity(fingerprint)]))
    .digest("hex");
}
