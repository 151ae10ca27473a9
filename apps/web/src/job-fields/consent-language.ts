import type { Consent } from "@wsc-dashboard/wsc-core";

interface Agreed {
  readonly consent: Consent;
  readonly managedConsent?: Consent | undefined;
}

/** The request with the language in which the consent texts were shown. */
export function withConsentLanguage<Request extends Agreed>(
  request: Request,
  language: NonNullable<Consent["language"]>,
): Request {
  const { consent, managedConsent } = request;
  return {
    ...request,
    consent: { ...consent, language },
    ...(managedConsent === undefined ? {} : { managedConsent: { ...managedConsent, language } }),
  };
}
