import { createAuditAnchor } from "../audit/audit-anchor.ts";
import { openAuditChain } from "../audit/audit-chain.ts";
import { createAuditJournal } from "../audit/audit-journal.ts";
import { createAuditProbe } from "../audit/audit-probe.ts";
import { createChangeFeed } from "../audit/change-feed.ts";
import { createDenialLog } from "../audit/denial-log.ts";
import { createDeniedLoginLog } from "../audit/denied-login-log.ts";
import { createDraftStore } from "../drafts/draft-store.ts";
import type { AnswerKeeper } from "../http/bind-handlers.ts";
import { createReencryptionJob } from "../rotation/reencryption-job.ts";
import { createSecretRotation } from "../rotation/secret-rotation.ts";
import { createIdempotency, type Idempotency } from "../store/idempotency.ts";
import { openNamedKey } from "../store/named-keys.ts";
import { storeGuard } from "../store/store-guard.ts";
import { tryKeys } from "../upstream/upstream-keys.ts";
import type { AppParts } from "./app-parts.ts";
import type { UpstreamAccess } from "./upstream-access.ts";

export type Records = Awaited<ReturnType<typeof openRecords>>;

/** Answers kept under an Idempotency-Key, for the binding of the handlers. */
function createAnswerKeeper(idempotency: Idempotency, { store, now }: AppParts): AnswerKeeper {
  const { db } = store;
  const guarded = storeGuard(store);
  return {
    requestOf: idempotency.requestOf,
    take: (request) => guarded(() => idempotency.take(db, request, now())),
    keep: (request, answer) => guarded(() => idempotency.keep(db, request, answer)),
    release: (request) => guarded(() => idempotency.release(db, request)),
  };
}

/** What is kept of people's acts, of secrets and of drafts. */
export async function openRecords(parts: AppParts, { clock, keys }: UpstreamAccess) {
  const { config, store, ring, logger, now } = parts;
  const { db } = store;
  const audit = await openAuditChain(db, ring);
  const journal = createAuditJournal({ store, chain: audit, logger, now: () => clock.now() });
  const idempotency = createIdempotency((await openNamedKey(db, ring, "idempotency")).bytes);
  const seals = createReencryptionJob({ store, ring, journal, logger });
  const rotation = createSecretRotation({
    config,
    store,
    ring,
    keys,
    tryKeys: (pair) => tryKeys(pair, { ...config.upstream, clock }),
    journal,
    logger,
    onRing: seals.look,
  });
  return {
    audit,
    journal,
    idempotency,
    keeper: createAnswerKeeper(idempotency, parts),
    denials: createDenialLog(journal, now),
    anchor: createAuditAnchor(store, logger),
    changes: createChangeFeed(store),
    refusals: createDeniedLoginLog(journal, now),
    canKeepEntries: createAuditProbe(db, audit),
    seals,
    rotation,
    drafts: createDraftStore(store),
  };
}
