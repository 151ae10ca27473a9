import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import type { Logger } from "../log/logger.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";

export interface MemoCheckParts {
  readonly outbox: Pick<Outbox, "blockResend">;
  readonly directory: Pick<JobDirectory, "find">;
  readonly clock: GatewayClock;
  readonly logger: Logger;
}

/** A job of which the upstream told the number, so that nobody has seen yet whether it carries its token. */
interface ToldJob {
  readonly token: string;
  readonly instanceNo: string;
}

export type MemoCheck = ReturnType<typeof createMemoCheck>;

/** Proof that a job is absent rests on memos being kept whole; a job whose memo is not ends all resending. */
export function createMemoCheck({ outbox, directory, clock, logger }: MemoCheckParts) {
  const unchecked: ToldJob[] = [];

  async function check({ token, instanceNo }: ToldJob): Promise<void> {
    const found = await directory.find(instanceNo, { fresh: true }).catch(() => null);
    // Not in the list yet, or the list does not answer: nothing is known.
    if (found === null || found.stale !== undefined || found.record.wireMemo.trimEnd().endsWith(token)) return;
    logger.error({ instanceNo, code: "MEMO_CUT" }, "the upstream did not keep a memo whole");
    await outbox.blockResend(clock.now(), instanceNo);
  }

  return {
    add: (job: ToldJob): void => void unchecked.push(job),
    async checkAll(): Promise<void> {
      for (const job of unchecked.splice(0)) await check(job);
    },
  };
}
