import { judgeCreatedId, judgeStartZone } from "@wsc-dashboard/wsc-core";
import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import type { ReadRecord } from "@wsc-dashboard/wsc-core/upstream";
import type { SubmissionRow } from "../database/schema.ts";
import type { FactRegister } from "../gateway-facts/fact-register.ts";
import type { Logger } from "../log/logger.ts";
import type { CredentialVault } from "../outbox/credential-vault.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";

export interface SettlementParts {
  readonly outbox: Pick<Outbox, "bind" | "noteMemo">;
  readonly vault: Pick<CredentialVault, "erase">;
  readonly directory: Pick<JobDirectory, "forget">;
  readonly facts: Pick<FactRegister, "observe">;
  readonly clock: GatewayClock;
  readonly logger: Logger;
}

export type Settlement = ReturnType<typeof createSettlement>;

/** The end of a submission: erases its target credentials and drops the cached list of jobs. */
export function createSettlement({ outbox, vault, directory, facts, clock, logger }: SettlementParts) {
  async function settle({ id }: Pick<SubmissionRow, "id">): Promise<void> {
    await vault.erase(id);
    directory.forget();
  }

  /** Learns facts of the gateway from one of our jobs. Skipped after several calls: which of them created the job is unknown. */
  function noteJob({ hint, state, calls, signed_at: signedAt }: SubmissionRow, id: string, start: string | null): void {
    if (signedAt === null || calls !== 1) return;
    const startedAt = start === null ? null : Date.parse(start);
    const seen = [
      { name: "created-id", ...judgeCreatedId(hint, id, state === "ACCEPTED") },
      { name: "date-zone", ...judgeStartZone(startedAt, signedAt) },
    ] as const;
    facts.observe(seen, "job");
  }

  return {
    settle,

    /**
     * Binds the submission to a job that the list shows with its token. Returns `false`, without settling it, when the submission
     * was changed meanwhile.
     */
    async bind(row: SubmissionRow, { job: { instanceNo, startedAt }, wireMemo }: ReadRecord): Promise<boolean> {
      await outbox.noteMemo(row, clock.now(), instanceNo, wireMemo);
      noteJob(row, instanceNo, startedAt);
      if (row.hint !== null && row.hint !== instanceNo) {
        logger.warn(
          { submission: row.id, instanceNo, hint: row.hint },
          "createJob's answer named another id than the list",
        );
      }
      if (!(await outbox.bind(row, clock.now(), instanceNo))) return false;
      logger.info({ submission: row.id, state: "BOUND", instanceNo }, "submission");
      await settle(row);
      return true;
    },
  };
}
