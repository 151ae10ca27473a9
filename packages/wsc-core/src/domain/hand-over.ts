import type { JobRequest } from "../api/jobs.ts";

/** Settings of a job that a person enters in the vendor's own console, in the order of its wizard. */
export const handOverSettings = [
  "startUrl",
  "excludeUrls",
  "signIn",
  "items",
  "userAgent",
  "speed",
  "when",
  "memo",
] as const;
export type HandOverSetting = (typeof handOverSettings)[number];

export interface HandOverLine {
  readonly setting: HandOverSetting;
  /** As entered. For the sign-in only names and addresses: its values are typed anew. */
  readonly values: readonly string[];
}

function signInValues(signIn: JobRequest["signIn"]): readonly string[] {
  if (signIn.kind === "none") return [];
  if (signIn.kind === "headers") return Object.keys(signIn.headers);
  const { pageUrl, actionUrl, idParam, passwordParam, extra } = signIn;
  return [...(pageUrl === undefined ? [] : [pageUrl]), actionUrl, idParam, passwordParam, ...Object.keys(extra)];
}

/**
 * A job as data for the vendor's console, which scans the servers of other companies where the API does not (160451).
 * Holds no sign-in value. Settings without a value are left out.
 */
export function handOverOf(
  job: Pick<JobRequest, "startUrl" | "excludeUrls" | "signIn" | "items" | "userAgent" | "speed" | "when" | "memo">,
): readonly HandOverLine[] {
  const values: Readonly<Record<HandOverSetting, readonly string[]>> = {
    startUrl: [job.startUrl],
    excludeUrls: job.excludeUrls,
    signIn: signInValues(job.signIn),
    items: job.items,
    userAgent: [job.userAgent],
    speed: [job.speed],
    when: job.when.kind === "at" ? [job.when.localTime, job.when.zone] : [],
    memo: job.memo === "" ? [] : [job.memo],
  };
  return handOverSettings.flatMap((setting) =>
    values[setting].length === 0 ? [] : [{ setting, values: values[setting] }],
  );
}
