import {
  byteOrderMark,
  csvRow,
  type FileAnswer,
  type ImportColumn,
  importColumns,
  limits,
  readCsv,
  readCsvCell,
  readTargetHost,
  type TargetDescription,
  type TargetDetails,
  targetDescriptionSchema,
  textBeginning,
  WscError,
} from "@wsc-dashboard/wsc-core";

/** Longest text of a cell that is answered as it stands in the file. */
const shownLength = 300;

/** What a file says of targets, as it can be imported again. `hosts`: `null` for all described targets. */
export function writeTargetFile(
  details: ReadonlyMap<string, TargetDetails>,
  hosts: readonly string[] | null,
  day: string,
): FileAnswer {
  const rows = [...new Set(hosts ?? details.keys())].sort().map((host) => {
    const { owner, service, tags, note } = details.get(host) ?? { owner: null, service: null, tags: [], note: null };
    return csvRow([host, owner ?? "", service ?? "", tags.join(", "), note ?? ""]);
  });
  return {
    fileName: `wsc_targets_${day}.csv`,
    mediaType: "text/csv; charset=utf-8",
    content: Buffer.from(`${byteOrderMark}${csvRow([...importColumns])}${rows.join("")}`),
  };
}

/** What a row of a file says; of what has no column nothing is said. */
export interface ImportRow {
  readonly line: number;
  readonly host: string;
  readonly described: Partial<TargetDescription>;
  /** Columns that cannot be taken. */
  readonly wrong: readonly ImportColumn[];
}

function cellValue(column: ImportColumn, text: string): unknown {
  if (column === "tags") return text.split(/[,;]/).filter((tag) => tag.trim() !== "");
  return text.trim() === "" ? null : text;
}

function rowOf(line: number, cells: Readonly<Partial<Record<ImportColumn, string>>>): ImportRow {
  const text = cells.host ?? "";
  const host = readTargetHost(text);
  const wrong: ImportColumn[] = host === null ? ["host"] : [];
  const described: Partial<Record<keyof TargetDescription, unknown>> = {};
  for (const column of importColumns) {
    const cell = cells[column];
    if (column === "host" || cell === undefined) continue;
    const read = targetDescriptionSchema.shape[column].safeParse(cellValue(column, cell));
    if (read.success) described[column] = read.data;
    else wrong.push(column);
  }
  return {
    line,
    host: host ?? textBeginning(text, shownLength),
    described: described as Partial<TargetDescription>,
    wrong,
  };
}

const unreadable = (): WscError =>
  new WscError("TARGET_FILE_UNREADABLE", undefined, { errors: [{ pointer: "/csv", code: "TARGET_FILE_UNREADABLE" }] });

/** The rows of a file, and the names of its columns that nothing is known of. Throws TARGET_FILE_UNREADABLE. */
export function readTargetFile(csv: string): {
  readonly rows: readonly ImportRow[];
  readonly ignored: readonly string[];
} {
  const [head, ...lines] = readCsv(csv) ?? [];
  const names = (head?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  if (!names.includes("host") || lines.length > limits.targetFileRows) throw unreadable();
  const places = importColumns.flatMap((column) =>
    names.includes(column) ? [[column, names.indexOf(column)] as const] : [],
  );
  const rows = lines.map(({ line, cells }) =>
    rowOf(line, Object.fromEntries(places.map(([column, place]) => [column, readCsvCell(cells[place] ?? "")]))),
  );
  const known: ReadonlySet<string> = new Set(importColumns);
  const ignored = names.filter((name) => name !== "" && !known.has(name)).slice(0, 20);
  return { rows, ignored: ignored.map((name) => textBeginning(name, shownLength)) };
}
