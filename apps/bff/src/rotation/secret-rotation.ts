import type { AuditAct, AuditJournal } from "../audit/audit-journal.ts";
import { type Config, type ConfigResult, type SecretSetting, secretSettingsOf } from "../config/config.ts";
import { encryptionKeysOf } from "../config/encryption-keys.ts";
import { createKeyRing, type RotatingKeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { readSealUse, sumOf } from "../database/sealed-values.ts";
import type { Logger } from "../log/logger.ts";
import type { UpstreamKeys } from "../upstream/upstream-keys.ts";

/** Secrets that take effect at once; all others need a restart. */
const rotating: ReadonlySet<SecretSetting> = new Set(["WSC_ACCESS_KEY", "WSC_SECRET_KEY", "WSC_ENCRYPTION_KEYS"]);

export interface SecretRotationParts {
  readonly config: Config;
  readonly database: OpenDatabase;
  readonly ring: RotatingKeyRing;
  readonly keys: UpstreamKeys;
  /** Tests a key pair; returns the upstream's error code, or `null` if it is accepted. */
  readonly tryKeys: (pair: Config["upstream"]) => Promise<string | null>;
  readonly journal: AuditJournal;
  readonly logger: Logger;
  /** Called when the keys of the ring have changed. */
  readonly onRing: () => void;
}

/** Why new secrets are refused, in a sentence without their values. */
class RotationRefused extends Error {
  override readonly name = "RotationRefused";
}

function changedSettings(before: Config, after: Config): SecretSetting[] {
  const [old, fresh] = [secretSettingsOf(before), secretSettingsOf(after)];
  const names = Object.keys(fresh) as SecretSetting[];
  const textOf = (secrets: (typeof fresh)[SecretSetting]): string => secrets.map((each) => each.reveal()).join(",");
  return names.filter((name) => textOf(old[name]) !== textOf(fresh[name]));
}

/**
 * Replaces secrets in a running server: all changed ones together or none, and only with an entry in the audit log. Rotations are
 * serialized.
 */
export function createSecretRotation(parts: SecretRotationParts) {
  const { database, ring, keys, tryKeys, journal, logger, onRing } = parts;
  let inForce = parts.config;
  let running: Promise<void> = Promise.resolve();

  async function checkPair({ upstream }: Config): Promise<void> {
    const code = await tryKeys(upstream);
    if (code === null) return;
    throw new RotationRefused(`WSC_ACCESS_KEY, WSC_SECRET_KEY: the upstream does not accept this pair (${code})`);
  }

  async function checkRing(next: Config): Promise<void> {
    const kept = new Set(createKeyRing(encryptionKeysOf(next)).prefixes());
    const [first, ...others] = ring.prefixes();
    // It may still encrypt while the values of the other keys are counted.
    if (!kept.has(first)) throw new RotationRefused("WSC_ENCRYPTION_KEYS: key 1 seals: put the new one before it");
    const { byKey } = await readSealUse(database.db, ring);
    const needed = others.findIndex((prefix, index) => !kept.has(prefix) && sumOf(byKey[index + 1] ?? {}) > 0);
    if (needed === -1) return;
    throw new RotationRefused(`WSC_ENCRYPTION_KEYS: key ${needed + 2} still seals something and must stay`);
  }

  async function take(next: Config, changed: readonly SecretSetting[]): Promise<void> {
    const hasPair = changed.includes("WSC_ACCESS_KEY") || changed.includes("WSC_SECRET_KEY");
    const hasRing = changed.includes("WSC_ENCRYPTION_KEYS");
    if (hasPair) await checkPair(next);
    if (hasRing) await checkRing(next);
    await journal.around(actOf(changed), async () => {
      if (hasPair) keys.replace(next.upstream);
      if (hasRing) ring.replace(encryptionKeysOf(next));
      inForce = { ...inForce, upstream: next.upstream, encryptionKeys: next.encryptionKeys };
    });
    logger.info({ settings: changed }, "new secrets are in force");
    if (hasRing) onRing();
  }

  const actOf = (changed: readonly SecretSetting[], details: AuditAct["details"] = {}): AuditAct => ({
    actor: "system",
    action: "keys.rotate",
    object: "keys",
    details: { ...Object.fromEntries(changed.map((name) => [name, "changed"])), ...details },
  });

  async function refuse(changed: readonly SecretSetting[], reasons: readonly string[]): Promise<void> {
    logger.error({ reasons }, "the secrets that were read again are not taken: those of before stay in force");
    await journal.note(actOf(changed, { reason: reasons.join("; ") }), "failed");
  }

  async function rotate(result: ConfigResult): Promise<void> {
    if ("problems" in result) return refuse([], result.problems);
    const changed = changedSettings(inForce, result.config);
    const late = changed.filter((name) => !rotating.has(name));
    if (late.length > 0)
      logger.warn({ settings: late }, "these secrets have changed, which counts from the next start");
    const now = changed.filter((name) => rotating.has(name));
    if (now.length === 0) {
      logger.info("the secrets were read again: none that counts at once has changed");
      return;
    }
    try {
      await take(result.config, now);
    } catch (error) {
      if (!(error instanceof RotationRefused)) throw error;
      await refuse(now, [error.message]);
    }
  }

  return {
    /** `read` reads all settings again. Resolves when the new secrets are in force or refused. */
    rotate(read: () => ConfigResult): Promise<void> {
      running = running
        .then(() => rotate(read()))
        .catch((error: unknown) =>
          logger.error({ err: error }, "the secrets could not be taken: those of before stay"),
        );
      return running;
    },
    close: (): Promise<void> => running,
  };
}
