import type { Secret } from "@wsc-dashboard/wsc-core/node";
import type { Environment } from "./env.ts";
import { SettingReader } from "./setting-reader.ts";

/** Location of the data; enough for commands that read no secrets. */
export interface StorageLocation {
  readonly dataDirectory: string;
  /** `null` when the database is a file in the data directory. */
  readonly databaseUrl: Secret | null;
}

export function readStorageLocation(
  environment: Environment,
): { readonly location: StorageLocation } | { readonly problems: readonly string[] } {
  const reader = new SettingReader(environment);
  const location = { dataDirectory: reader.get("WSC_DATA_DIR"), databaseUrl: reader.get("WSC_DATABASE_URL") };
  return reader.problems.length > 0 ? { problems: reader.problems } : { location };
}
