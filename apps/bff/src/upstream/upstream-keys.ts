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

/** By these answers the upstream does not know a pair of keys, or lets it read nothing. */
const refusals: ReadonlySet<string> = new Set(["200", "210"]);

const shownCharacters = 4;

/** The pair of keys in force. A call is signed once, when it leaves, so whatever is under way keeps the pair it left with. */
export interface UpstreamKeys {
  readonly sign: Signer;
  /** The last characters of the access key; `null` for a short one, which they would give away. */
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
 * Reads one job with a pair of keys. The code by which the upstream refuses the pair, or UPSTREAM_UNREADABLE when something answers
 * that is no gateway; `null` otherwise: silence is no refusal.
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
