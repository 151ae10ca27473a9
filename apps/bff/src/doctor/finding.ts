export const areas = [
  "runtime",
  "settings",
  "certificates",
  "database",
  "backup",
  "clock",
  "upstream",
  "identity",
  "proxy",
] as const;
export type Area = (typeof areas)[number];

/** A result of the doctor in one area. `advice`: what to do; `null` when nothing is needed. */
export interface Finding {
  readonly area: Area;
  readonly state: "ok" | "warning" | "problem" | "skipped";
  readonly text: string;
  readonly advice: string | null;
}

export const ok = (area: Area, text: string): Finding => ({ area, state: "ok", text, advice: null });
export const skipped = (area: Area, text: string): Finding => ({ area, state: "skipped", text, advice: null });
export const warning = (area: Area, text: string, advice: string): Finding => ({
  area,
  state: "warning",
  text,
  advice,
});
export const problem = (area: Area, text: string, advice: string): Finding => ({
  area,
  state: "problem",
  text,
  advice,
});

/** Codes of Node and OpenSSL for an untrusted certificate. */
const untrusted: ReadonlySet<string> = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
]);

/** Codes of an error and its causes, outermost first. */
export function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let found = error; found instanceof Error && codes.length < 10; found = found.cause) {
    if ("code" in found && typeof found.code === "string") codes.push(found.code);
    if (found instanceof AggregateError && found.cause === undefined) found.cause = found.errors[0];
  }
  return codes;
}

/** Advice for a failed connection; `null` when the codes do not tell. */
export function adviceForConnection(codes: readonly string[]): string | null {
  const has = (...wanted: readonly string[]): boolean => codes.some((code) => wanted.includes(code));
  if (codes.some((code) => untrusted.has(code))) {
    return "its certificate is signed by a CA that Node does not know: name the CA's certificate in NODE_EXTRA_CA_CERTS";
  }
  if (has("CERT_HAS_EXPIRED")) return "its certificate has expired: renew it there, or set this machine's clock";
  if (has("ERR_TLS_CERT_ALTNAME_INVALID")) return "its certificate is for another name: correct the address";
  if (has("ENOTFOUND", "EAI_AGAIN"))
    return "its name cannot be resolved: correct the address, or the name servers here";
  if (has("ECONNREFUSED")) return "nothing listens there: correct the address, start it, or open the firewall";
  if (has("ETIMEDOUT", "UND_ERR_CONNECT_TIMEOUT", "EHOSTUNREACH", "ENETUNREACH")) {
    return "there is no way to it from here: let the firewall through";
  }
  return null;
}
