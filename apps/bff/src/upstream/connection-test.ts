import {
  type ConnectionStep,
  type ConnectionTest,
  clockLimits,
  connectionSteps,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import type { JobDirectory } from "./job-directory.ts";

/** The step at which reading the list failed: gateway unreachable, key refused, or no permission to read. */
function failedStepOf(code: string): ConnectionStep {
  if (["UPSTREAM_UNREACHABLE", "UPSTREAM_TIMEOUT", "UPSTREAM_INTERRUPTED"].includes(code)) return "reach";
  return code === "200" ? "key" : "list";
}

/** Reads one job of the list and reports which steps succeeded. Free of charge, and changes nothing. */
export async function testConnection(
  directory: Pick<JobDirectory, "measureClock">,
  clock: GatewayClock,
): Promise<ConnectionTest> {
  const startedAt = performance.now();
  const failure = await directory.measureClock().then(
    () => null,
    (error: unknown) => (error instanceof WscError ? error.code : "INTERNAL_ERROR"),
  );
  const clockSkewMs = clock.isKnown ? clock.offsetMs : null;
  let failed = failure === null ? null : failedStepOf(failure);
  // Calls correct for a wrong local clock, but such a clock can be the reason why a key is refused.
  if (failed === "key" && Math.abs(clockSkewMs ?? 0) >= clockLimits.refusedMs) failed = "clock";
  const failedAt = failed === null ? connectionSteps.length : connectionSteps.indexOf(failed);
  return {
    steps: connectionSteps.map((step, index) => ({
      step,
      result: index < failedAt ? "passed" : index === failedAt ? "failed" : "skipped",
      ...(index === failedAt && failure !== null ? { code: failure } : {}),
    })),
    clockSkewMs,
    durationMs: Math.round(performance.now() - startedAt),
  };
}
