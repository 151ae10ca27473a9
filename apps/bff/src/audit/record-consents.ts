import { type ConsentKind, consentLanguages, consentText, type JobRequest } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { Database } from "../store/schema.ts";
import type { AuditChain, AuditEvent } from "./audit-chain.ts";

type Consent = JobRequest["consent"];

/** The hash of the words that were shown; without a language, of all the words of the version, one after the other. */
function textFacts(kind: ConsentKind, { textVersion, language }: Consent) {
  return {
    consent: kind,
    textVersion,
    // "und" is BCP 47 for a language that nobody named.
    language: language ?? "und",
    textHash: (language === undefined ? consentLanguages : [language])
      .map((each) => consentText(kind, textVersion, each).sha256)
      .join(" "),
  };
}

/** Who agreed to what, when, in which words: an audit entry for each agreement of a request. */
export async function recordConsents(
  tx: Transaction<Database>,
  audit: AuditChain,
  { consent, managedConsent }: Pick<JobRequest, "consent" | "managedConsent">,
  about: Pick<AuditEvent, "at" | "actor" | "object"> & { readonly requestId: string },
): Promise<void> {
  const given: [ConsentKind, Consent | undefined][] = [
    ["job", consent],
    ["managed", managedConsent],
  ];
  for (const [kind, each] of given) {
    if (each === undefined) continue;
    await audit.append(tx, { ...about, action: "consent.accept", result: "done", details: textFacts(kind, each) });
  }
}
