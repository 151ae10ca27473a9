import type { UpstreamClient } from "@wsc-dashboard/wsc-core/node";
import type { FactRegister } from "../gateway-facts/fact-register.ts";
import type { JobRules } from "../job-requests/job-rules.ts";
import type { CredentialVault } from "../outbox/credential-vault.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { TargetFetcher } from "../targets/target-fetcher.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import { createTokenSearch } from "../upstream/token-search.ts";
import { createDispatcher, type Dispatcher, type DispatcherParts } from "./dispatcher.ts";
import { createGatewayTime } from "./gateway-time.ts";
import { createReconciliation } from "./reconciliation.ts";
import { createRestartReconciliation } from "./restart-reconciliation.ts";
import { createReviewReconciliation } from "./review-reconciliation.ts";
import { createSender, type SenderParts } from "./send-submission.ts";
import { createSettlement } from "./settlement.ts";

export interface DispatchParts
  extends Pick<DispatcherParts, "dueRuns" | "clock" | "logger" | "isSoleProcess">,
    Pick<SenderParts, "timings" | "openScheduleSignIn" | "onFirstSend"> {
  readonly outbox: Outbox;
  readonly vault: CredentialVault;
  readonly client: UpstreamClient;
  readonly directory: JobDirectory;
  readonly facts: Pick<FactRegister, "observe" | "listOrder">;
  readonly fetcher: TargetFetcher;
  readonly rules: JobRules;
}

/** Sends due submissions at most once each, and searches for the jobs of calls whose outcome is unknown. */
export function createDispatch(parts: DispatchParts): Dispatcher {
  const { clock, directory, facts, timings } = parts;
  const settlement = createSettlement(parts);
  const tokenSearch = createTokenSearch(directory, facts);
  const searchParts = { ...parts, settlement, tokenSearch };
  const dispatcher: Dispatcher = createDispatcher({
    ...parts,
    gatewayTime: createGatewayTime(clock, directory, timings.reconcileStepMs / 3),
    restartReconciliation: createRestartReconciliation({ ...searchParts, onLooked: () => dispatcher.wake() }),
    send: createSender({ ...searchParts, onAccepted: () => dispatcher.wake() }),
    reconcile: createReconciliation(searchParts),
  });
  const reviewReconciliation = createReviewReconciliation(searchParts);
  return {
    ...dispatcher,
    start() {
      dispatcher.start();
      reviewReconciliation.start();
    },
    async close() {
      await Promise.all([dispatcher.close(), reviewReconciliation.stop()]);
    },
  };
}
