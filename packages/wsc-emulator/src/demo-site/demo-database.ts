/** The error that a database server reports for a statement it cannot parse. */
export class SqlSyntaxError extends Error {
  override name = "SqlSyntaxError";

  constructor(near: string) {
    super(
      "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the " +
        `right syntax to use near '${near.slice(0, 80)}' at line 1`,
    );
  }
}

/** The same query with `text` as a bound parameter, where it can only be a value. */
export function selectByText<Row>(table: ReadonlyMap<string, Row>, text: string): Row | undefined {
  return table.get(text);
}

const endOfStatement = " LIMIT 1";

/**
 * Imitates `SELECT … WHERE key = '<text>' LIMIT 1` with `text` concatenated into the statement: a quote in it ends the literal,
 * and any invalid SQL after that throws. There is no database; only the end of the literal is interpreted.
 */
export function selectByPastedText<Row>(table: ReadonlyMap<string, Row>, text: string): Row | undefined {
  const statement = `${text}'${endOfStatement}`;
  let literal = "";
  let position = 0;
  for (;;) {
    const character = statement[position];
    if (character === undefined) throw new SqlSyntaxError(`'${statement}`);
    if (character === "'" && statement[position + 1] !== "'") break;
    // A doubled quote, and any character after a backslash, is literal.
    if (character === "'" || character === "\\") position += 1;
    literal += statement[position] ?? "";
    position += 1;
  }
  const rest = statement.slice(position + 1);
  if (rest !== endOfStatement && !/^\s*(?:-- |#)/.test(rest)) throw new SqlSyntaxError(rest);
  return table.get(literal);
}
