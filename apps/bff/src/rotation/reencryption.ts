import type { AuditAct } from "../audit/audit-journal.ts";
import type { KeyRing } from "../store/keys.ts";
import type { OpenStore } from "../store/open-store.ts";
import { type Rewrapped, rewrapStore } from "../store/rewrap.ts";
import { sumOf } from "../store/sealed-values.ts";

export interface ReencryptionParts {
  readonly store: OpenStore;
  readonly ring: KeyRing;
  /** Writes into the audit log what was done. */
  readonly note: (act: AuditAct) => Promise<void>;
  readonly shouldStop?: () => boolean;
}

/** Seals everything with the first key, tells the audit log, and writes what older keys would open out of the file. */
export async function reencrypt({ store, ring, note, shouldStop }: ReencryptionParts): Promise<Rewrapped> {
  const done = await rewrapStore(store, ring, shouldStop);
  if (sumOf(done.sealedAnew) > 0) {
    await note({ actor: "system", action: "keys.rewrap", object: "keys", details: done.sealedAnew });
    store.scrub();
  }
  return done;
}
