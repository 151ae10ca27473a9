import { type Draft, type JobRequest, signInOutline, storableDraft } from "@wsc-dashboard/wsc-core";

/** A request for a job as the database keeps it: without the values of its sign-in, which lie sealed in the credential vault. */
export type StoredRequest = JobRequest & { readonly signInNames?: Draft["signIn"] };

export function storedRequestOf(request: JobRequest): StoredRequest {
  return { ...request, signIn: { kind: "none" }, signInNames: signInOutline(request.signIn) };
}

/** What was asked for, for another one like it; rows of earlier versions do not know how the scanner got in. */
export function settingsOf(text: string): Draft {
  const kept = JSON.parse(text) as Partial<StoredRequest>;
  const { startUrl, excludeUrls, items, userAgent, speed, memo, hosting, rescanOf, when, signInNames } = kept;
  const known = { startUrl, excludeUrls, items, userAgent, speed, memo, hosting, rescanOf, when, signIn: signInNames };
  return storableDraft(Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)));
}

/** The kind of target sign-in that a stored request asks for; rows of earlier versions do not know it. */
export function signInKindOf(text: string): JobRequest["signIn"]["kind"] | undefined {
  return (JSON.parse(text) as Partial<StoredRequest>).signInNames?.kind;
}
