/** Somebody to sign in at on this machine, for development and tests: a provider, and a proxy that vouches for people. */
export { type LocalIdp, startLocalIdp } from "./local-idp.ts";
export { startLocalProxy } from "./local-proxy.ts";
export type { AssertionMode } from "./proxy-assertion.ts";
