import { WscError } from "@wsc-dashboard/wsc-core";
import {
  type Credentials,
  createSignedTransport,
  createSigner,
  createUpstreamClient,
  type GatewayClock,
  type Signer,
} from "@wsc-dashboard/wsc-core/node";
import { getJobsRequest } from "@wsc-dashboard/wsc-core/upstream";

/** Codes by which the upstream rejects a pair of keys or denies it all reads. */
const refusals: ReadonlySet<string> = new Set(["200", "210"]);

const shownCharacters = 4;

/** The current pair of keys. A call is signed once, when it is sent, so calls in progress keep their pair. */
export interface UpstreamKeys {
  readonly sign: Signer;
  /** The last characters of the access key; `null` for a key so short that they would reveal it. */
  accessKeyEnd(): string | null;
  replace(credentials: Credentials): void;
}

export function createUpstreamKeys(credentials: Credentials): UpstreamKeys {
  let { accessKey } = credentials;
  let signer = createSigner(credentials);
  return {
    sign: (...call) => signer(...call),
    accessKeyEnd() {
      const key = accessKey.reveal();
      return key.length >= 3 * shownCharacters ? key.slice(-shownCharacters) : null;
    },
    replace(next) {
      accessKey = next.accessKey;
      signer = createSigner(next);
    },
  };
}

export interface KeyTrialParts {
  readonly origin: string;
  readonly timeoutMs: number;
  readonly clock: GatewayClock;
}

/**
 * Tests a pair of keys by reading one job. Returns the code with which the upstream refuses the pair, or UPSTREAM_UNREADABLE when
 * something other than a gateway responds; otherwise `null`: no response is no refusal.
 */
export async function tryKeys(credentials: Credentials, { origin, timeoutMs, clock }: KeyTrialParts) {
  const transport = createSignedTransport({ origin, sign: createSigner(credentials), clock, timeoutMs });
  const client = createUpstreamClient({ transport, clock, deadlineMs: timeoutMs });
  try {
    const { recognised } = await client.call(getJobsRequest({ limit: 1, page: 1 }));
    return recognised ? null : "UPSTREAM_UNREADABLE";
  } catch (error) {
    if (!(error instanceof WscError)) throw error;
    return refusals.has(error.code) ? error.code : null;
  } finally {
    client.close();
  }
}
