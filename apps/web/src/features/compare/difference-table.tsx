import type { Comparison } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { PlainText } from "../../ui/plain-text.tsx";

type Difference = Comparison["differences"][number];

/** The settings in which two runs differ: they explain what no repair does. */
export function DifferenceTable({ differences }: { readonly differences: Comparison["differences"] }) {
  const { compare } = useMessages();
  return (
    <section aria-labelledby="differences">
      <h2 id="differences" className="h2 section-title">
        {compare.differences}
      </h2>
      <p className="hint">{differences.length === 0 ? compare.noDifferences : compare.differencesText}</p>
      {differences.length === 0 ? null : (
        <table className="table difference-table">
          <caption className="visually-hidden">{compare.differences}</caption>
          <thead>
            <tr>
              <th scope="col">{compare.setting}</th>
              <th scope="col">{compare.earlier}</th>
              <th scope="col">{compare.later}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((difference) => (
              <tr key={difference.setting}>
                <th scope="row">{compare.settings[difference.setting]}</th>
                <td>
                  <Values setting={difference.setting} values={difference.base} />
                </td>
                <td>
                  <Values setting={difference.setting} values={difference.head} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
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
  if (values === null) return <span className="muted">{compare.notKnown}</span>;
  if (values.length === 0) return <span className="muted">{compare.none}</span>;
  if (setting === "signIn") return compare.signInUsed;
  if (setting === "coverage") return <span className="figure">{number(Number(values[0]))}</span>;
  return (
    <ul className="plain-list">
      {values.map((value) => (
        <li key={value}>
          <PlainText text={value} />
        </li>
      ))}
    </ul>
  );
}
