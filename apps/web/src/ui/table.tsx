import type { ReactNode } from "react";

/** One column of a table: its head, and the cell of each row. */
export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** For the head and every cell. */
  readonly className?: string;
  /** For the cells only. */
  readonly cellClassName?: string | ((row: Row) => string);
  /** The direction in which the rows are sorted by it, if they are. */
  readonly sorted?: "ascending" | "descending" | undefined;
  /** Whether the cell is the header of its row. */
  readonly isRowHeading?: true;
}

interface TableProps<Row> {
  /** For screen readers only. */
  readonly caption: string;
  readonly className: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly rowClassName?: (row: Row) => string | undefined;
}

/** A table from its columns and rows. */
export function Table<Row>({ caption, className, columns, rows, keyOf, rowClassName }: TableProps<Row>) {
  return (
    <table className={className}>
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, head, className: name, sorted }) => (
            <th key={key} scope="col" className={name} aria-sort={sorted}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} className={rowClassName?.(row)}>
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const { cell, className, cellClassName, isRowHeading } = column;
  const own = typeof cellClassName === "function" ? cellClassName(row) : cellClassName;
  const name = [className, own].filter((part) => part !== undefined && part !== "").join(" ") || undefined;
  return isRowHeading ? (
    <th scope="row" className={name}>
      {cell(row)}
    </th>
  ) : (
    <td className={name}>{cell(row)}</td>
  );
}
