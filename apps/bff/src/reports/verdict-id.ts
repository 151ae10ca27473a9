import { createHash } from "node:crypto";
import { findingIdentity } from "@wsc-dashboard/wsc-core";

/** The key of the verdict about a finding of a target: nothing of target or finding can be read from it. */
export function verdictIdOf(host: string, fingerprint: string): string {
  return createHash("sha256")
    .update(JSON.stringify([host, findingIdentity(fingerprint)]))
    .digest("hex");
}
