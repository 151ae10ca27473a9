import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import type { Logger } from "../log/logger.ts";
import type { CredentialVault } from "../outbox/credential-vault.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { SubmissionRow } from "../store/schema.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";

export interface SettlementParts {
  readonly outbox: Pick<Outbox, "bind">;
  readonly vault: Pick<CredentialVault, "erase">;
  readonly directory: Pick<JobDirectory, "forget">;
  readonly clock: GatewayClock;
  readonly logger: Logger;
}

export type Settlement = ReturnType<typeof createSettlement>;

/** The end of a submission: its target credentials are erased, and the list of jobs is read anew. */
export function createSettlement({ outbox, vault, directory, clock, logger }: SettlementParts) {
  async function settle({ id }: Pick<SubmissionRow, "id">): Promise<void> {
    await vault.erase(id);
    directory.forget();
  }

  return {
    settle,

    /** `false` when somebody changed the submission meanwhile; then it is not settled either. */
    async bind(row: SubmissionRow, instanceNo: string): Promise<boolean> {
      if (!(await outbox.bind(row, clock.now(), instanceNo))) return false;
      logger.info({ submission: row.id, state: "BOUND", instanceNo }, "submission");
      await settle(row);
      return true;
    },
  };
}
