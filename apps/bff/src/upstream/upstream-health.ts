import type { UpstreamEvent } from "@wsc-dashboard/wsc-core/node";

/** State of the upstream by the latest exchanges. */
export interface UpstreamHealth {
  readonly lastSuccessAt: number | null;
  readonly failure: { readonly code: string; readonly at: number } | null;
}

export function createUpstreamHealth(now: () => number) {
  let lastSuccessAt: number | null = null;
  let failure: UpstreamHealth["failure"] = null;
  return {
    observe({ code }: Pick<UpstreamEvent, "code">): void {
      if (code === "0") {
        lastSuccessAt = now();
        failure = null;
      } else failure = { code, at: now() };
    },
    health: (): UpstreamHealth => ({ lastSuccessAt, failure }),
  };
}
export type UpstreamHealthMonitor = ReturnType<typeof createUpstreamHealth>;
