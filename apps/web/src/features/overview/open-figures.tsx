import { Link } from "@tanstack/react-router";
import { type Overview, severities } from "@wsc-dashboard/wsc-core";
import type { ReactNode } from "react";
import { SeverityMark } from "../../domain-ui/severity-mark.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Stat, StatList, statLinkClass } from "../../ui/stat.tsx";

/** The key figures: what is open, what this month brought, and how much of the budget is used. */
export function OpenFigures({ overview }: { readonly overview: Overview }) {
  const { overview: words } = useMessages();
  const { number, month } = useFormats();
  const { open, month: present, budget } = overview;
  return (
    <div className="flex flex-wrap gap-x-20 gap-y-6 py-5">
      <section aria-labelledby="open-findings">
        <h2 id="open-findings" className="m-0 text-text-2">
          {words.open}
        </h2>
        <StatList>
          {severities.map((severity) => (
            <Stat key={severity} name={<SeverityMark severity={severity} />}>
              <Link className={statLinkClass} to="/targets" search={{ show: severity }}>
                {number(open[severity])}
                <span className="sr-only"> {words.openLink[severity]}</span>
              </Link>
            </Stat>
          ))}
        </StatList>
        <p className="m-0 pt-2 text-text-3">
          {words.overTargets(open.targets, number(open.targets))}
          {open.unread > 0 ? <Note>{words.unread(open.unread, number(open.unread))}</Note> : null}
          {open.uncounted > 0 ? <Note>{words.uncounted(open.uncounted, number(open.uncounted))}</Note> : null}
        </p>
      </section>
      <section aria-labelledby="this-month">
        <h2 id="this-month" className="m-0 text-text-2">
          {month(present.month)}
        </h2>
        <StatList>
          <Stat name={words.new}>
            <Link className={statLinkClass} to="/targets" search={{ show: "new" }}>
              <span aria-hidden="true">+</span>
              {number(present.new.total)}
              <span className="sr-only"> {words.new}</span>
            </Link>
          </Stat>
          <Stat name={words.fixed}>
            <Link className={statLinkClass} to="/targets" search={{ show: "fixed" }}>
              <span aria-hidden="true">−</span>
              {number(present.fixed.total)}
              <span className="sr-only"> {words.fixed}</span>
            </Link>
          </Stat>
          <Stat name={words.jobs}>
            <Link className={statLinkClass} to="/jobs" search={{ status: "4" }}>
              {number(present.jobs)}
              <span className="sr-only"> {words.jobs}</span>
            </Link>
          </Stat>
        </StatList>
        <p className="m-0 pt-2 text-text-3">{words.compared(number(present.compared), number(present.jobs))}</p>
      </section>
      <section aria-labelledby="budget" className="print:hidden">
        <h2 id="budget" className="m-0 text-text-2">
          {words.budget}
        </h2>
        <p className="m-0 text-figure lg:pt-8 font-bold tracking-figure tabular-nums">
          {budget.day === null ? (
            <span className="text-h2 font-normal text-text-2">{words.budgetNone}</span>
          ) : (
            <Link className={statLinkClass} to="/settings">
              {number(budget.day.used)}
              <span className="text-h2 font-normal text-text-3"> / {number(budget.day.limit)}</span>
            </Link>
          )}
        </p>
      </section>
    </div>
  );
}

function Note({ children }: { readonly children: ReactNode }) {
  return <span className="block text-medium-text">{children}</span>;
}
