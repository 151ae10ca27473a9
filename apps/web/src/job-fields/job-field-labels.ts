import type { Messages } from "../messages/en.ts";

/** The label of a form value's control, by the value's path; `undefined` for one without a label. */
export function fieldLabelOf({ create, signIn, target }: Messages, path: string): string | undefined {
  const labels: Readonly<Record<string, string>> = {
    startUrl: create.startUrl,
    excludeUrls: create.excludeUrls,
    hosting: target.hosting,
    managedConsent: target.managedConsent,
    signIn: create.signInKind,
    "signIn.headers": create.headers,
    "signIn.actionUrl": signIn.actionUrl,
    "signIn.idParam": signIn.idParam,
    "signIn.idValue": signIn.idValue,
    "signIn.passwordParam": signIn.passwordParam,
    "signIn.passwordValue": signIn.passwordValue,
    "signIn.pageUrl": signIn.pageUrl,
    "signIn.successText": signIn.successText,
    "signIn.extra": signIn.extra,
    items: create.checks,
    userAgent: create.userAgent,
    speed: create.speed,
    memo: create.memo,
    when: create.whenKind,
    "when.localTime": create.localTime,
    "when.zone": create.zone,
    consent: create.consent,
  };
  const parts = path.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join(".");
    if (Object.hasOwn(labels, name)) return labels[name];
  }
  return undefined;
}
