import { type SignIn, WscError } from "@wsc-dashboard/wsc-core";
import { signInByForm } from "../targets/form-sign-in.ts";
import type { TargetFetcher } from "../targets/target-fetcher.ts";

/**
 * The headers that a job carries for its target sign-in; a form is submitted now. Throws 160351, 160353 or
 * TARGET_ADDRESS_FORBIDDEN; the error names the field.
 */
export async function headersOf(
  signIn: SignIn,
  startUrl: string,
  fetcher: TargetFetcher,
): Promise<Readonly<Record<string, string>> | null> {
  if (signIn.kind === "none") return null;
  if (signIn.kind === "headers") return signIn.headers;
  const { cookie } = await signInByForm(fetcher, signIn, startUrl);
  // The login succeeded but set no cookie that the scanner could send, so the scan would not be signed in.
  if (cookie === "") throw new WscError("160351", "signing in left no cookie for the target");
  return { Cookie: cookie };
}
