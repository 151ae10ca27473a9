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
  /** As entered. For the sign-in only names and addresses: its values are typed again. */
  readonly values: readonly string[];
}

/** How a scan signs in to its target; the names and addresses only, since nothing else is handed over. */
type HandOverSignIn =
  | { readonly kind: "none" }
  | { readonly kind: "headers"; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly kind: "form";
      readonly pageUrl?: string | undefined;
      readonly actionUrl: string;
      readonly idParam: string;
      readonly passwordParam: string;
      readonly extra: Readonly<Record<string, string>>;
    };

/** The settings of a job as its form holds them. */
export interface HandOverJob {
  readonly startUrl: string;
  readonly excludeUrls: readonly string[];
  readonly signIn: HandOverSignIn;
  readonly items: readonly string[];
  readonly userAgent: string;
  readonly speed: string;
  readonly when: { readonly kind: "now" } | { readonly kind: "at"; readonly localTime: string; readonly zone: string };
  readonly memo: string;
}

function signInValues(signIn: HandOverSignIn): readonly string[] {
  if (signIn.kind === "none") return [];
  if (signIn.kind === "headers") return Object.keys(signIn.headers);
  const { pageUrl, actionUrl, idParam, passwordParam, extra } = signIn;
  return [...(pageUrl === undefined ? [] : [pageUrl]), actionUrl, idParam, passwordParam, ...Object.keys(extra)];
}

/**
 * A job as data for the vendor's console, which scans the servers of other companies where the API does not (160451).
 * Holds no sign-in value. Settings without a value are left out.
 */
export function handOverOf(job: HandOverJob): readonly HandOverLine[] {
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
