import {
  type Credentials,
  createGatewayClock,
  createSignedTransport,
  createSigner,
  createUpstreamClient,
} from "@wsc-dashboard/wsc-core/node";
import { getJobsRequest } from "@wsc-dashboard/wsc-core/upstream";

export interface ConnectionProbeParts extends Credentials {
  readonly origin: string;
  readonly timeoutMs: number;
  /** Milliseconds since the epoch, by this machine. */
  readonly now: () => number;
}

/**
 * Reads one job of the list, which costs nothing. `failure`: what was thrown, or `null`; `offsetMs`: the gateway's clock minus this one's, `null` when it did
 * not tell.
 */
export async function probeConnection({
  origin,
  timeoutMs,
  now,
  ...credentials
}: ConnectionProbeParts): Promise<{ readonly failure: unknown; readonly offsetMs: number | null }> {
  const clock = createGatewayClock(now);
  const transport = createSignedTransport({ origin, sign: createSigner(credentials), clock, timeoutMs, localNow: now });
  const client = createUpstreamClient({ transport, clock, localNow: now, deadlineMs: timeoutMs });
  const read = (): Promise<unknown> => client.call(getJobsRequest({ limit: 1, page: 1 }), { isUrgent: true });
  try {
    const failure = await read().then(
      () => null,
      (error: unknown) => error,
    );
    // A clock that is far off is believed when a second answer agrees.
    if (clock.suspectedOffsetMs !== null) await read().catch(() => {});
    return { failure, offsetMs: clock.isKnown ? clock.offsetMs : clock.suspectedOffsetMs };
  } finally {
    client.close();
  }
}
