import type { Config } from "../config/config.ts";
import type { Environment } from "../config/env.ts";

/** The result of a command: its lines, whether all is well, and the further data for `--json`. */
export interface CommandResult {
  readonly lines: readonly string[];
  readonly isWell: boolean;
  /** Set when 0 and 1 are not sufficient. */
  readonly exitCode?: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A command with parsed options that needs all settings of the server. Throws DatabaseRefusal. */
export type Command = (config: Config) => Promise<CommandResult>;

/** Context of a command that reads only the settings it needs. */
export interface CommandSurroundings {
  readonly environment: Environment;
  readonly version: string;
  readonly now: () => number;
  /** Shows the progress of a long command, on a terminal only. */
  readonly showProgress: (text: string) => void;
  /** Reports intermediate steps on standard error: overwritten on a terminal, otherwise one line each. */
  readonly tell: (line: string) => void;
}

/** A command that avoids the server's secrets where possible. Throws RangeError, DatabaseRefusal. */
export type OpenCommand = (surroundings: CommandSurroundings) => Promise<CommandResult>;
