import {
  type ConnectionStep,
  type ConnectionTest,
  clockLimits,
  connectionSteps,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import type { JobDirectory } from "./job-directory.ts";

/** Where a failed reading of the list shows what is wrong: nobody answered, the key is refused, or it may not read. */
function failedStepOf(code: string): ConnectionStep {
  if (["UPSTREAM_UNREACHABLE", "UPSTREAM_TIMEOUT", "UPSTREAM_INTERRUPTED"].includes(code)) return "reach";
  return code === "200" ? "key" : "list";
}

/** Reads one job of the list and reports step by step how far it got. Spends nothing and changes nothing. */
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
  // A clock that is off is corrected for calls, but it is why a key can look wrong.
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
