import { isTargetAllowed, type JobRequest } from "@wsc-dashboard/wsc-core";
import { fieldRefusal } from "../http/field-errors.ts";

/** Rules about a wish for a job that its schema cannot hold. Throws a refusal that names the field. */
export function checkJobRules(
  request: Pick<JobRequest, "startUrl" | "hosting" | "managedConsent" | "signIn">,
  allowlist: readonly string[],
): void {
  if (request.hosting === "managed" && request.managedConsent === undefined)
    throw fieldRefusal("160456", "/managedConsent");
  if (request.hosting === "managed") throw fieldRefusal("OPTION_NOT_AVAILABLE", "/hosting");
  if (request.signIn.kind === "form") throw fieldRefusal("OPTION_NOT_AVAILABLE", "/signIn/kind");
  if (!isTargetAllowed(request.startUrl, allowlist)) throw fieldRefusal("TARGET_NOT_ALLOWED", "/startUrl");
}
