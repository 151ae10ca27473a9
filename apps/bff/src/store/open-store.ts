import type { Secret } from "@wsc-dashboard/wsc-core/node";
import { withinTime } from "../timers/within-time.ts";
import { openPostgresReader, openPostgresStore } from "./postgres-store.ts";
import { openSqliteReader, openSqliteStore } from "./sqlite-store.ts";
import { type OpenStore, touch } from "./store.ts";

export { openPostgresStore } from "./postgres-store.ts";
export { openSqliteStore } from "./sqlite-store.ts";
export { type OpenStore, type Store, StoreInUse, StoreRefusal } from "./store.ts";

export interface StorePlace {
  readonly databaseUrl: Secret | null;
  readonly dataDirectory: string;
}

/** PostgreSQL when an address is given, otherwise a file in the data directory. Throws StoreRefusal. */
export function openStore({ databaseUrl, dataDirectory }: StorePlace): Promise<OpenStore> {
  return databaseUrl === null ? openSqliteStore(dataDirectory) : openPostgresStore(databaseUrl.reveal(), dataDirectory);
}

/** For the command line: reads beside the server, changes nothing, takes no lock. Throws StoreRefusal. */
export function openStoreForReading({
  databaseUrl,
  dataDirectory,
}: StorePlace): Promise<Pick<OpenStore, "db" | "close">> {
  return databaseUrl === null ? openSqliteReader(dataDirectory) : openPostgresReader(databaseUrl.reveal());
}

/** Whoever asks whether the store can be written to waits no longer than this, in milliseconds. */
const writeProbeMs = 2_000;
const probes = new WeakMap<OpenStore, Promise<boolean>>();

async function probe(store: OpenStore): Promise<boolean> {
  try {
    store.assertInPlace();
    await touch(store.db);
    store.assertInPlace();
    return store.hasRoom();
  } catch {
    return false;
  }
}

/**
 * Whether a small write comes through to the disk, to the files that whoever starts next finds. One that does not answer in time
 * does not. Whoever asks while it is tried gets the same answer.
 */
export async function isWritable(store: OpenStore): Promise<boolean> {
  const running = probes.get(store) ?? probe(store).finally(() => probes.delete(store));
  probes.set(store, running);
  return withinTime(running, writeProbeMs, false);
}
