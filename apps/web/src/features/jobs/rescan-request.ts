import {
  currentConsentVersion,
  type JobRequest,
  type JobSettings,
  jobRequestSchema,
  type Language,
} from "@wsc-dashboard/wsc-core";

/** Why a job cannot be repeated in a batch: it needs input that only its own form asks for. */
export type RescanObstacle = "login" | "managed" | "unknown";

interface Prepared {
  readonly request: JobRequest | null;
  readonly obstacle: RescanObstacle | null;
  /** Whether the speed is unknown, so that the normal one is used. */
  readonly isSpeedAssumed: boolean;
}

/** The request that repeats a job with the settings it was ordered with. */
export function rescanRequestOf(instanceNo: string, { settings, source }: JobSettings, language: Language): Prepared {
  const stop = (obstacle: RescanObstacle): Prepared => ({ request: null, obstacle, isSpeedAssumed: false });
  const { signIn, hosting } = settings;
  if (signIn?.kind === "headers" || signIn?.kind === "form") return stop("login");
  if (hosting === "managed") return stop("managed");
  // The list alone does not say which checks were run, nor whether the scanner signed in.
  if (source === "list" || signIn === undefined || settings.items === undefined) return stop("unknown");
  const { when: _, rescanOf: __, signIn: ___, ...fields } = settings;
  const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const request = jobRequestSchema.safeParse({
    ...known,
    rescanOf: instanceNo,
    consent: { textVersion: currentConsentVersion, accepted: true, language },
  });
  if (!request.success) return stop("unknown");
  return { request: request.data, obstacle: null, isSpeedAssumed: settings.speed === undefined };
}
