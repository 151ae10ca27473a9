import type { Config } from "../config/config.ts";

/** The result of a command: its lines, and whether all is as it should be. */
export interface CommandResult {
  readonly lines: readonly string[];
  readonly isWell: boolean;
}

/** A command with its options read. Throws DatabaseRefusal. */
export type Command = (config: Config) => Promise<CommandResult>;
