import { randomUUID } from "node:crypto";
import { createDispatch } from "../dispatch/create-dispatch.ts";
import { createMemoTokens } from "../intake/memo-tokens.ts";
import { createSubmissionIntake } from "../intake/submission-intake.ts";
import { createJobRules } from "../job-requests/job-rules.ts";
import { createCredentialVault } from "../outbox/credential-vault.ts";
import { createOrderedJobs } from "../outbox/ordered-jobs.ts";
import { createOutbox } from "../outbox/outbox.ts";
import { createRescanRecords } from "../outbox/rescan-records.ts";
import { createSchedules } from "../schedules/schedules.ts";
import { createOwnership } from "../targets/ownership.ts";
import { createTargetFetcher } from "../targets/target-fetcher.ts";
import type { AppParts } from "./app-parts.ts";
import type { Records } from "./records.ts";
import type { UpstreamAccess } from "./upstream-access.ts";

export type Ordering = ReturnType<typeof createOrdering>;

/** Everything from a job request to the call: intake, outbox, schedules and dispatch. */
export function createOrdering(
  { config, database, ring, logger, now, lookup }: AppParts,
  { clock, client, directory, facts, metrics }: UpstreamAccess,
  { audit, idempotency }: Records,
) {
  const timings = { ...config, upstreamTimeoutMs: config.upstream.timeoutMs };
  const { budgetPerDay: perDay, budgetPerUserHour: perUserHour, reservationsPerUser, timeZone } = config;
  const budgets = { perDay, perUserHour, reservationsPerUser, timeZone };
  const vault = createCredentialVault(database, ring);
  const outbox = createOutbox({ database, audit, timings, budgets, owner: randomUUID() });
  const schedules = createSchedules({ database, audit, ring, outbox, perUser: config.schedulesPerUser, timings });
  const fetcher = createTargetFetcher({
    allowPrivate: config.allowPrivateTargets,
    ...(lookup === undefined ? {} : { lookup }),
  });
  const ownership = createOwnership(database, fetcher);
  const rules = createJobRules({ ...config, ownership, now });
  const tokens = createMemoTokens(database);
  const dispatcher = createDispatch({
    ...{ outbox, vault, client, clock, directory, facts, fetcher, timings, rules, logger },
    dueRuns: schedules,
    openScheduleSignIn: schedules.openSignIn,
    onFirstSend: metrics.observeLateness,
    isSoleProcess: database.isSoleProcess,
  });
  const intakeParts = { database, outbox, vault, tokens, idempotency, dispatcher };
  return {
    ...{ vault, outbox, schedules, fetcher, ownership, rules, tokens, dispatcher },
    intake: createSubmissionIntake({ ...intakeParts, now: () => clock.now() }),
    orderedJobs: createOrderedJobs(database),
    rescans: createRescanRecords(database),
  };
}
