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
  /** Milliseconds since the epoch, by the clock of this machine. */
  readonly now: () => number;
}

/**
 * Reads one job of the list, which is free of charge. `failure` is the thrown error or `null`; `offsetMs` is the gateway's clock
 * minus the local one, `null` when unknown.
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
    // A time that is far off is believed only when a second response confirms it.
    if (clock.suspectedOffsetMs !== null) await read().catch(() => {});
    return { failure, offsetMs: clock.isKnown ? clock.offsetMs : clock.suspectedOffsetMs };
  } finally {
    client.close();
  }
}
