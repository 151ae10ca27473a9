import type { Secret } from "@wsc-dashboard/wsc-core/node";
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
  return databaseUrl === null ? openSqliteStore(dataDirectory) : openPostgresStore(databaseUrl.reveal());
}

/** For the command line: reads beside the server, changes nothing, takes no lock. Throws StoreRefusal. */
export function openStoreForReading({
  databaseUrl,
  dataDirectory,
}: StorePlace): Promise<Pick<OpenStore, "db" | "close">> {
  return databaseUrl === null ? openSqliteReader(dataDirectory) : openPostgresReader(databaseUrl.reveal());
}

/** Whether a small write comes through, to the disk. */
export async function isWritable({ db, hasRoom }: OpenStore): Promise<boolean> {
  try {
    await touch(db);
    return hasRoom();
  } catch {
    return false;
  }
}
