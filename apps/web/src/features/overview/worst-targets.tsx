import { Link } from "@tanstack/react-router";
import { type Overview, severities } from "@wsc-dashboard/wsc-core";
import { ChangeLink } from "../../domain-ui/change-link.tsx";
import { RiskCount } from "../../domain-ui/risk-count.tsx";
import { SeverityHeads } from "../../domain-ui/severity-heads.tsx";
import { TrendLine } from "../../domain-ui/trend-line.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { HostText } from "../../ui/plain-text.tsx";

/** The targets with the most open findings. */
export function WorstTargets({ overview: { worst, targets } }: { readonly overview: Overview }) {
  const { overview: words, targets: targetWords } = useMessages();
  const { number } = useFormats();
  return (
    <section aria-labelledby="worst">
      <h2 id="worst" className="text-h2 pb-1">
        {words.worst}
      </h2>
      {worst.length === 0 ? (
        <p className="m-0 text-text-3">{words.nothingOpen}</p>
      ) : (
        <div className="relative overflow-x-auto">
          <table className="table target-table">
            <caption className="sr-only">{words.worst}</caption>
            <thead>
              <tr>
                <th scope="col">{targetWords.target}</th>
                <SeverityHeads />
                <th scope="col" className="max-sm:hidden">
                  {targetWords.change}
                </th>
                <th scope="col" className="max-lg:hidden">
                  {targetWords.trend}
                </th>
              </tr>
            </thead>
            <tbody>
              {worst.map(({ host, latest, change, notComparable, trend }) => (
                <tr key={host}>
                  <th scope="row">
                    <Link
                      className="inline-block py-0.5 font-bold text-text no-underline hover:underline"
                      to="/targets/$host"
                      params={{ host }}
                      translate="no"
                      data-row=""
                    >
                      <HostText host={host} />
                    </Link>
                  </th>
                  {severities.map((severity) => (
                    <td key={severity} className="text-end whitespace-nowrap tabular-nums">
                      <RiskCount
                        count={latest?.open[severity] ?? null}
                        isOpenOnly={latest?.open[severity] !== latest?.[severity]}
                        {...(latest === null ? {} : { of: { instanceNo: latest.instanceNo, severity } })}
                      />
                    </td>
                  ))}
                  <td className="whitespace-nowrap max-sm:hidden">
                    {latest === null ? null : (
                      <ChangeLink head={latest.instanceNo} change={change} notComparable={notComparable} />
                    )}
                  </td>
                  <td className="max-lg:hidden">
                    <TrendLine points={trend} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Link className="inline-block pt-3" to="/targets">
        {words.allTargets(targets, number(targets))}
      </Link>
    </section>
  );
}
