import { type SignIn, WscError } from "@wsc-dashboard/wsc-core";
import { signInByForm } from "../targets/form-sign-in.ts";
import type { TargetFetcher } from "../targets/target-fetcher.ts";

/**
 * The headers that a job carries, from its sign-in as it was entered; a form is filled in now. Throws 160351, 160353 or
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
  // The page of success was shown, but no cookie or header was given that the scanner could send: it would not be signed in.
  if (cookie === "") throw new WscError("160351", "signing in left no cookie for the target");
  return { Cookie: cookie };
}
