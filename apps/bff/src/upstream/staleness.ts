import type { WscError } from "@wsc-dashboard/wsc-core";
import { UpstreamError } from "@wsc-dashboard/wsc-core/node";

/** Why an older value is returned, for the page that shows it. */
export interface Staleness {
  readonly code: string;
  readonly retryAfter?: number;
  readonly retryAt?: string;
}

export function staleOf(error: WscError | undefined): { stale: Staleness } | Record<string, never> {
  if (error === undefined) return {};
  const pausedUntil = error instanceof UpstreamError ? error.facts.pausedUntil : undefined;
  if (pausedUntil !== undefined) return { stale: { code: error.code, retryAt: new Date(pausedUntil).toISOString() } };
  const { retryAfter } = error.details;
  return { stale: { code: error.code, ...(retryAfter === undefined ? {} : { retryAfter }) } };
}
