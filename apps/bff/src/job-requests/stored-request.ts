import { type Draft, type JobRequest, signInOutline, storableDraft } from "@wsc-dashboard/wsc-core";

/** A job request as the database stores it: without sign-in values, which are encrypted in the credential vault. */
export type StoredRequest = JobRequest & { readonly signInNames?: Draft["signIn"] };

export function storedRequestOf(request: JobRequest): StoredRequest {
  return { ...request, signIn: { kind: "none" }, signInNames: signInOutline(request.signIn) };
}

/** The settings of a stored request, for a new one like it; rows of earlier versions lack the target sign-in. */
export function settingsOf(text: string): Draft {
  const kept = JSON.parse(text) as Partial<StoredRequest>;
  const { startUrl, excludeUrls, items, userAgent, speed, memo, hosting, rescanOf, when, signInNames } = kept;
  const known = { startUrl, excludeUrls, items, userAgent, speed, memo, hosting, rescanOf, when, signIn: signInNames };
  return storableDraft(Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)));
}

/** The kind of target sign-in of a stored request; not set in rows of earlier versions. */
export function signInKindOf(text: string): JobRequest["signIn"]["kind"] | undefined {
  return (JSON.parse(text) as Partial<StoredRequest>).signInNames?.kind;
}
