import { type FormSignIn, isTargetAllowed, isWebUrl, type JobRequest, WscError } from "@wsc-dashboard/wsc-core";
import { fieldRefusal } from "../errors/field-refusal.ts";
import { refuseForbiddenLiteral } from "../targets/open-connection.ts";
import type { Ownership } from "../targets/ownership.ts";

type RequestedJob = Pick<JobRequest, "startUrl" | "hosting" | "signIn"> & {
  readonly managedConsent?: JobRequest["managedConsent"] | undefined;
};

export interface JobRulesParts {
  readonly targetAllowlist: readonly string[];
  readonly allowPrivateTargets: boolean;
  readonly ownership: Ownership;
  readonly now: () => number;
}

export type JobRules = ReturnType<typeof createJobRules>;

/** Rules for a job request that its schema cannot express. Each throws a refusal that names the field. */
export function createJobRules({ targetAllowlist, allowPrivateTargets, ownership, now }: JobRulesParts) {
  function checkHost(url: string, pointer: string): void {
    // Stored requests may be older than the schema's check.
    if (!isWebUrl(url)) throw fieldRefusal("URL_INVALID", pointer);
    if (!isTargetAllowed(url, targetAllowlist)) throw fieldRefusal("TARGET_NOT_ALLOWED", pointer);
  }

  /** Checks an address that the dashboard itself will open, as far as possible without a DNS lookup. */
  function checkOwnCall(url: string, pointer: string): void {
    checkHost(url, pointer);
    try {
      refuseForbiddenLiteral(new URL(url), allowPrivateTargets);
    } catch (error) {
      throw error instanceof WscError ? fieldRefusal(error.code, pointer) : error;
    }
  }

  function checkForm({ actionUrl, pageUrl }: FormSignIn): void {
    checkOwnCall(actionUrl, "/signIn/actionUrl");
    if (pageUrl !== undefined) checkOwnCall(pageUrl, "/signIn/pageUrl");
  }

  /** The rules that can be checked without I/O. */
  function checkTarget({ startUrl, signIn }: Pick<RequestedJob, "startUrl" | "signIn">): void {
    checkHost(startUrl, "/startUrl");
    if (signIn.kind === "form") checkForm(signIn);
  }

  return {
    checkTarget,
    checkOwnCall,

    /** Checks that a request may become a submission. For a managed server, fetches the ownership file from the target. */
    async check(requested: RequestedJob): Promise<void> {
      const { startUrl, hosting, managedConsent } = requested;
      if (hosting === "managed" && managedConsent === undefined) throw fieldRefusal("160456", "/managedConsent");
      checkTarget(requested);
      if (hosting !== "managed") return;
      checkOwnCall(startUrl, "/startUrl");
      const { verified } = await ownership.verify(startUrl, now());
      if (!verified) throw fieldRefusal("160457", "/startUrl");
    },
  };
}
