/** Job settings that a person enters in the vendor's console, in the order of its wizard. */
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
  /** As entered. For the sign-in only names and URLs: its values must be typed again. */
  readonly values: readonly string[];
}

/** How a scan signs in to its target: names and URLs only, because nothing else is handed over. */
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

/** Job settings as the form holds them. */
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
 * Returns a job as data for the vendor's console, which scans other companies' servers where the API does not (160451). Holds no
 * sign-in value and no empty settings.
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
