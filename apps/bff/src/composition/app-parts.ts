import type { Config } from "../config/config.ts";
import type { RotatingKeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Logger } from "../log/logger.ts";
import type { Lookup } from "../targets/resolve-name.ts";
import type { Tracing } from "../tracing/tracing.ts";

/** What the server is made of, given from outside. */
export interface AppParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly database: OpenDatabase;
  readonly ring: RotatingKeyRing;
  /** Directory of the built web. */
  readonly webDirectory: string;
  readonly version: string;
  /** Milliseconds since the epoch, by this machine. */
  readonly now: () => number;
  /** `null`: off. */
  readonly tracing: Tracing | null;
  /** How names of targets are resolved; by the name servers of this machine when not given. */
  readonly lookup?: Lookup;
}
