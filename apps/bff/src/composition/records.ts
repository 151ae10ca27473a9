import { createAuditAnchor } from "../audit/audit-anchor.ts";
import { openAuditChain } from "../audit/audit-chain.ts";
import { createAuditJournal } from "../audit/audit-journal.ts";
import { createAuditProbe } from "../audit/audit-probe.ts";
import { createChainCheck } from "../audit/chain-check.ts";
import { createChangeFeed } from "../audit/change-feed.ts";
import { createDenialLog } from "../audit/denial-log.ts";
import { createDeniedLoginLog } from "../audit/denied-login-log.ts";
import { createSessionExtensionLog } from "../audit/session-extension-log.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import { createIdempotency, type Idempotency } from "../database/idempotency.ts";
import { openNamedKey } from "../database/named-keys.ts";
import { createDraftStore } from "../drafts/draft-store.ts";
import type { AnswerKeeper } from "../http/bind-handlers.ts";
import { createReencryptionJob } from "../rotation/reencryption-job.ts";
import { createSecretRotation } from "../rotation/secret-rotation.ts";
import { createTokenStore } from "../tokens/token-store.ts";
import { tryKeys } from "../upstream/upstream-keys.ts";
import type { AppParts } from "./app-parts.ts";
import type { UpstreamAccess } from "./upstream-access.ts";

export type Records = Awaited<ReturnType<typeof openRecords>>;

/** Storage of responses by Idempotency-Key, for `bindHandlers`. */
function createAnswerKeeper(idempotency: Idempotency, { database, now }: AppParts): AnswerKeeper {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    requestOf: idempotency.requestOf,
    take: (request) => guarded(() => idempotency.take(db, request, now())),
    keep: (request, answer) => guarded(() => idempotency.keep(db, request, answer)),
    release: (request) => guarded(() => idempotency.release(db, request)),
  };
}

/** Opens the audit log, secrets and drafts. */
export async function openRecords(parts: AppParts, { clock, keys, metrics }: UpstreamAccess) {
  const { config, database, ring, logger, now } = parts;
  const { db } = database;
  const audit = await openAuditChain(db, ring);
  const journal = createAuditJournal({ database, chain: audit, logger, now: () => clock.now() });
  const idempotency = createIdempotency((await openNamedKey(db, ring, "idempotency")).bytes);
  const seals = createReencryptionJob({ database, ring, journal, logger });
  const rotation = createSecretRotation({
    config,
    database,
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
    extensions: createSessionExtensionLog(journal, now),
    anchor: createAuditAnchor(database, logger),
    chainCheck: createChainCheck({ database, ring, logger, now }),
    changes: createChangeFeed(database),
    refusals: createDeniedLoginLog(journal, now, metrics.countRefusedSignIn),
    canKeepEntries: createAuditProbe(db, audit),
    seals,
    rotation,
    drafts: createDraftStore(database),
    tokens: createTokenStore(database, audit),
  };
}
