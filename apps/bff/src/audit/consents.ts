import { type ConsentKind, consentText, type JobRequest, languages } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { Database } from "../database/schema.ts";
import type { AuditChain } from "./audit-chain.ts";
import type { AuditEvent } from "./audit-event.ts";

type Consent = JobRequest["consent"];

/** The hash of the displayed text; without a language, the hashes of all languages of the version, joined by spaces. */
function textFacts(kind: ConsentKind, { textVersion, language }: Consent) {
  return {
    consent: kind,
    textVersion,
    // "und" is BCP 47 for an undetermined language.
    language: language ?? "und",
    textHash: (language === undefined ? languages : [language])
      .map((each) => consentText(kind, textVersion, each).sha256)
      .join(" "),
  };
}

/** Appends an entry for each consent in a request: who agreed to which published text, when, in which language. */
export async function appendConsents(
  chain: AuditChain,
  tx: Transaction<Database>,
  { consent, managedConsent }: Pick<JobRequest, "consent" | "managedConsent">,
  act: Omit<AuditEvent, "action" | "result" | "details">,
): Promise<void> {
  const given: [ConsentKind, Consent | undefined][] = [
    ["job", consent],
    ["managed", managedConsent],
  ];
  for (const [kind, each] of given) {
    if (each === undefined) continue;
    await chain.append(tx, { ...act, action: "consent.accept", result: "done", details: textFacts(kind, each) });
  }
}
