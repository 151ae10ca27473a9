import type { JobRequest } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { Database } from "../store/schema.ts";
import type { AuditChain } from "./audit-chain.ts";
import type { AuditEvent } from "./audit-event.ts";

/** An entry for each consent in a request: which published text was agreed to, by whom and when. */
export async function appendConsents(
  chain: AuditChain,
  tx: Transaction<Database>,
  { consent, managedConsent }: Pick<JobRequest, "consent" | "managedConsent">,
  act: Omit<AuditEvent, "action" | "result" | "details">,
): Promise<void> {
  const given = [
    { about: "responsibility-and-fee", consent },
    { about: "managed-service", consent: managedConsent },
  ];
  for (const { about, consent } of given) {
    if (consent === undefined) continue;
    const details = { about, textVersion: consent.textVersion };
    await chain.append(tx, { ...act, action: "consent.accept", result: "done", details });
  }
}
