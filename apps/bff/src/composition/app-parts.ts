import type { Config } from "../config/config.ts";
import type { RotatingKeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Logger } from "../log/logger.ts";
import type { Lookup } from "../targets/resolve-name.ts";
import type { Tracing } from "../tracing/tracing.ts";

/** External dependencies of the server. */
export interface AppParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly database: OpenDatabase;
  readonly ring: RotatingKeyRing;
  /** Directory of the built web. */
  readonly webDirectory: string;
  readonly version: string;
  /** Milliseconds since the epoch, by the local clock. */
  readonly now: () => number;
  /** `null` when tracing is off. */
  readonly tracing: Tracing | null;
  /** DNS lookup for targets; by this machine's name servers by default. */
  readonly lookup?: Lookup;
}
