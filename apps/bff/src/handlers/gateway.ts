import { type BffApi, type Handlers, WscError } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { FactRegister } from "../gateway-facts/fact-register.ts";
import { type ProbeParts, recordingFileName, runProbe } from "../probe/run-probe.ts";

/**
 * Limits in milliseconds: the calls have shorter pauses than those of the command, because a person waits, and end before the
 * handler's time limit.
 */
const spacingMs = 250;
const deadlineMs = 45_000;
const callTimeoutMs = 10_000;
/** Minimum interval between the starts of two probes, in milliseconds. */
const pauseMs = 120_000;

export interface GatewayHandlerParts extends ProbeParts {
  readonly register: Pick<FactRegister, "list" | "learnFromProbe">;
}

/** One probe at a time, and at most one per two minutes: its calls count towards the account's rate limit. */
export function gatewayHandlers({ register, ...parts }: GatewayHandlerParts): Handlers<BffApi, CallContext>["gateway"] {
  let isRunning = false;
  let nextAt = Number.NEGATIVE_INFINITY;
  return {
    facts: async () => ({ facts: await register.list() }),
    probe: async () => {
      const waitMs = nextAt - parts.now();
      if (isRunning || waitMs > 0) {
        const retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
        throw new WscError("PROBE_TOO_SOON", "the gateway was probed a moment ago", { retryAfter });
      }
      isRunning = true;
      nextAt = parts.now() + pauseMs;
      try {
        const timeoutMs = Math.min(parts.timeoutMs, callTimeoutMs);
        const { recording, facts } = await runProbe({ ...parts, timeoutMs }, { spacingMs, deadlineMs });
        await register.learnFromProbe(facts);
        return {
          fileName: recordingFileName(recording),
          recording: `${JSON.stringify(recording, null, 1)}\n`,
          calls: recording.calls.length,
          facts: [...facts],
        };
      } finally {
        isRunning = false;
      }
    },
  };
}
