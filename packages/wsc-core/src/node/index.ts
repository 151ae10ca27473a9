export type { BreakerState } from "./circuit-breaker.ts";
export type { UpstreamAnswer, UpstreamEvent } from "./exchange.ts";
export { createGatewayClock, type GatewayClock } from "./gateway-clock.ts";
export { Secret } from "./secret.ts";
export { sharedBytes } from "./shared-bytes.ts";
export {
  type Credentials,
  createSigner,
  type SignatureInput,
  type Signer,
  signatureOf,
  signingKeyOf,
  stringToSign,
} from "./signature.ts";
export { createSignedTransport, type SignedTransport, TransportFailure, type WireAnswer } from "./signed-transport.ts";
export { createUpstreamClient, type UpstreamClient } from "./upstream-client.ts";
export { readRetryAfter, UpstreamError, type UpstreamErrorFacts } from "./upstream-error.ts";

/** Marker that must not occur in a browser asset; a test searches every asset for it. */
export const nodeCanary = "wsc-core-node-half-7d1f0c2e";
