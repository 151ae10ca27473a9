import { forgetKnownDatabase } from "../database/known-database.ts";
import { locationIn } from "./backup.ts";
import type { OpenCommand } from "./command.ts";

/** Makes the next start accept any database. Changes no database. */
export const databaseAccept: OpenCommand = async (surroundings) => {
  const { dataDirectory } = locationIn(surroundings);
  const known = forgetKnownDatabase(dataDirectory);
  const line =
    known === null
      ? `no database is known in ${dataDirectory}: the next start accepts the one that it finds`
      : `database ${known} is no longer expected: the next start accepts the one that it finds`;
  return { lines: [line], isWell: true };
};
