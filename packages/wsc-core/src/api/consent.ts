import * as z from "zod/mini";
import { consentTextVersions } from "../domain/consent-texts.ts";
import { languages } from "../domain/language.ts";
import { codeError } from "./code-error.ts";

/** An agreement as a person gives it. `language` is the one the text was shown in. */
export const consentSchema = z.strictObject({
  textVersion: z.enum(consentTextVersions, codeError("CONSENT_REQUIRED")),
  accepted: z.literal(true, codeError("CONSENT_REQUIRED")),
  language: z.optional(z.enum(languages, codeError("VALUE_INVALID"))),
});
export type Consent = z.output<typeof consentSchema>;

/** The agreement for a server of another company; without it the vendor's own code is the reason. */
export const managedConsentSchema = z.strictObject({
  textVersion: z.enum(consentTextVersions, codeError("160456")),
  accepted: z.literal(true, codeError("160456")),
  language: z.optional(z.enum(languages, codeError("VALUE_INVALID"))),
});
