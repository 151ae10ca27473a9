import type { SignIn } from "@wsc-dashboard/wsc-core";
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
  return { Cookie: await signInByForm(fetcher, signIn, startUrl) };
}
