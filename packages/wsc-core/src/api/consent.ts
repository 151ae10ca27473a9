import * as z from "zod/mini";
import { consentTextVersions } from "../domain/consent-texts.ts";
import { languages } from "../domain/language.ts";
import { codeError } from "./code-error.ts";

/** A person's consent. `language` is the language in which the text was shown. */
export const consentSchema = z.strictObject({
  textVersion: z.enum(consentTextVersions, codeError("CONSENT_REQUIRED")),
  accepted: z.literal(true, codeError("CONSENT_REQUIRED")),
  language: z.optional(z.enum(languages, codeError("VALUE_INVALID"))),
});
export type Consent = z.output<typeof consentSchema>;

/** Consent for another company's server; if it is missing, the error is the vendor's own code. */
export const managedConsentSchema = z.strictObject({
  textVersion: z.enum(consentTextVersions, codeError("160456")),
  accepted: z.literal(true, codeError("160456")),
  language: z.optional(z.enum(languages, codeError("VALUE_INVALID"))),
});
