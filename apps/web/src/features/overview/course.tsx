import { type Overview, severities } from "@wsc-dashboard/wsc-core";
import { RiskCount } from "../../domain-ui/risk-count.tsx";
import { SeverityBars } from "../../domain-ui/severity-bars.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";

/** Open findings at the end of each month, as a chart with a table. */
export function Course({ overview: { course } }: { readonly overview: Overview }) {
  const { overview: words, report } = useMessages();
  const { number, month, shortMonth } = useFormats();
  return (
    <section aria-labelledby="course">
      <h2 id="course" className="text-h2 pb-4">
        {words.course}
      </h2>
      <SeverityBars
        bars={course.map(({ month: key, high, medium, low }) => ({ key, label: shortMonth(key), high, medium, low }))}
        label={words.courseText(number(course.length))}
      />
      <details className="pt-2">
        <summary className="w-fit cursor-pointer py-0.5 text-accent">{words.asTable}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a narrow page scrolls it, with keys as well */}
        {/* biome-ignore lint/a11y/useSemanticElements: a table in a frame is no set of fields */}
        <div className="relative overflow-x-auto" role="group" tabIndex={0} aria-label={words.asTable}>
          <table className="table">
            <caption className="sr-only">{words.course}</caption>
            <thead>
              <tr>
                <th scope="col">{words.monthHead}</th>
                {severities.map((severity) => (
                  <th key={severity} scope="col" className="text-end whitespace-nowrap">
                    {report.severity[severity]}
                  </th>
                ))}
                <th scope="col" className="text-end whitespace-nowrap">
                  {words.targetsHead}
                </th>
              </tr>
            </thead>
            <tbody>
              {course.map((row) => (
                <tr key={row.month}>
                  <th scope="row" className="whitespace-nowrap">
                    {month(row.month)}
                  </th>
                  {severities.map((severity) => (
                    <td key={severity} className="text-end whitespace-nowrap tabular-nums">
                      {row.targets === 0 ? <span className="text-text-3">–</span> : <RiskCount count={row[severity]} />}
                    </td>
                  ))}
                  <td className="text-end whitespace-nowrap tabular-nums">{number(row.targets - row.uncounted)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      <p className="m-0 max-w-180 pt-2 text-text-3">{words.courseNote}</p>
    </section>
  );
}
