import { createHash } from "node:crypto";
import { type JobRequest, prependMemoToken, redacted, type SignIn } from "@wsc-dashboard/wsc-core";
import { createJobBody, createJobRequest, type WireRequest } from "@wsc-dashboard/wsc-core/upstream";

export type JobContent = Parameters<typeof createJobBody>[0] & Pick<JobRequest, "memo" | "signIn">;
type Headers = Readonly<Record<string, string>>;

/** The createJob call of a job, with the headers that its target sign-in produced. */
export function jobCall(job: JobContent, headers: Headers | null, token: string): WireRequest {
  return createJobRequest(createJobBody(job, headers, prependMemoToken(job.memo, token)));
}

function maskOf(signIn: SignIn): Headers | null {
  if (signIn.kind === "none") return null;
  const names = signIn.kind === "form" ? ["Cookie"] : Object.keys(signIn.headers);
  return Object.fromEntries(names.map((name) => [name, redacted]));
}

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/**
 * The same call with every sign-in value masked, and the hash of that body: shown before sending and kept in the audit log. The
 * values themselves are not hashed, because a weak password could be guessed from its hash.
 */
export function maskedJobCall(job: JobContent, token: string): WireRequest & { readonly hash: string } {
  const wire = jobCall(job, maskOf(job.signIn), token);
  return { ...wire, hash: sha256(wire.body ?? "") };
}

/** Equal for jobs whose calls differ only in memo token and sign-in values. */
export const contentHashOf = (job: JobContent): string => maskedJobCall(job, "").hash;
