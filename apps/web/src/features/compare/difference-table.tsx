import type { Comparison } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { type Column, Table } from "../../ui/table.tsx";

type Difference = Comparison["differences"][number];

/** The settings in which two runs differ: they explain differences that no fix caused. */
export function DifferenceTable({ differences }: { readonly differences: Comparison["differences"] }) {
  const { compare } = useMessages();
  const columns: readonly Column<Difference>[] = [
    { key: "setting", head: compare.setting, cell: ({ setting }) => compare.settings[setting], isRowHeading: true },
    { key: "base", head: compare.earlier, cell: ({ setting, base }) => <Values setting={setting} values={base} /> },
    { key: "head", head: compare.later, cell: ({ setting, head }) => <Values setting={setting} values={head} /> },
  ];
  return (
    <section aria-labelledby="differences">
      <h2 id="differences" className="text-h2 mt-9 mb-2">
        {compare.differences}
      </h2>
      <p className="max-w-168 text-text-2">
        {differences.length === 0 ? compare.noDifferences : compare.differencesText}
      </p>
      {differences.length === 0 ? null : (
        <Table
          caption={compare.differences}
          className="table mt-2 table-fixed [&_th:first-child]:w-[26%]"
          columns={columns}
          rows={differences}
          keyOf={({ setting }) => setting}
        />
      )}
    </section>
  );
}

interface ValuesProps {
  readonly setting: Difference["setting"];
  readonly values: Difference["base"];
}

function Values({ setting, values }: ValuesProps) {
  const { compare } = useMessages();
  const { number } = useFormats();
  if (values === null) return <span className="text-text-3">{compare.notKnown}</span>;
  if (values.length === 0) return <span className="text-text-3">{compare.none}</span>;
  if (setting === "signIn") return compare.signInUsed;
  if (setting === "coverage") return <span className="tabular-nums">{number(Number(values[0]))}</span>;
  return (
    <ul>
      {values.map((value) => (
        <li key={value}>
          <PlainText text={value} />
        </li>
      ))}
    </ul>
  );
}
