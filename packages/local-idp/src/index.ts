/** A local identity provider and an authenticating proxy, for development and tests. */
export { type LocalIdp, startLocalIdp } from "./local-idp.ts";
export { startLocalProxy } from "./local-proxy.ts";
export type { AssertionMode } from "./proxy-assertion.ts";
