import type { Config } from "../config/config.ts";
import type { Environment } from "../config/env.ts";

/** The result of a command: its lines, whether all is as it should be, and what `--json` tells besides. */
export interface CommandResult {
  readonly lines: readonly string[];
  readonly isWell: boolean;
  /** Where 0 and 1 do not say enough. */
  readonly exitCode?: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A command with its options read, which needs all settings of the server. Throws DatabaseRefusal. */
export type Command = (config: Config) => Promise<CommandResult>;

/** What a command gets that reads no more settings than it needs. */
export interface CommandSurroundings {
  readonly environment: Environment;
  readonly version: string;
  readonly now: () => number;
  /** Shows how far a long command is; on a terminal alone. */
  readonly showProgress: (text: string) => void;
  /** Tells what happens on the way: written over on a terminal, a line elsewhere, never on standard output. */
  readonly tell: (line: string) => void;
}

/** A command that runs without the secrets of the server as far as it can. Throws RangeError, DatabaseRefusal. */
export type OpenCommand = (surroundings: CommandSurroundings) => Promise<CommandResult>;
