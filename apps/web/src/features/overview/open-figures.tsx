import { Link } from "@tanstack/react-router";
import { type Overview, severities } from "@wsc-dashboard/wsc-core";
import type { ReactNode } from "react";
import { SeverityMark } from "../../domain-ui/severity-mark.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";

const figureLink = "inline-block text-figure font-bold text-text no-underline tabular-nums hover:underline";

/** The key figures: what is open, what this month brought, and how much of the budget is used. */
export function OpenFigures({ overview }: { readonly overview: Overview }) {
  const { overview: words } = useMessages();
  const { number, month } = useFormats();
  const { open, month: present, budget } = overview;
  return (
    <div className="overview-figures">
      <section aria-labelledby="open-findings">
        <h2 id="open-findings" className="m-0 text-text-2">
          {words.open}
        </h2>
        <ul className="m-0 flex list-none flex-wrap gap-x-10 gap-y-2 p-0 pt-1">
          {severities.map((severity) => (
            <li key={severity}>
              <Link className={figureLink} to="/targets" search={{ show: severity }}>
                {number(open[severity])}
                <span className="visually-hidden"> {words.openLink[severity]}</span>
              </Link>
              <div>
                <SeverityMark severity={severity} />
              </div>
            </li>
          ))}
        </ul>
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
        <ul className="m-0 flex list-none flex-wrap gap-x-10 gap-y-2 p-0 pt-1">
          <li>
            <Link className={figureLink} to="/targets" search={{ show: "new" }}>
              <span aria-hidden="true">+</span>
              {number(present.new.total)}
              <span className="visually-hidden"> {words.new}</span>
            </Link>
            <div aria-hidden="true">{words.new}</div>
          </li>
          <li>
            <Link className={figureLink} to="/targets" search={{ show: "fixed" }}>
              <span aria-hidden="true">−</span>
              {number(present.fixed.total)}
              <span className="visually-hidden"> {words.fixed}</span>
            </Link>
            <div aria-hidden="true">{words.fixed}</div>
          </li>
          <li>
            <Link className={figureLink} to="/jobs" search={{ status: "4" }}>
              {number(present.jobs)}
              <span className="visually-hidden"> {words.jobs}</span>
            </Link>
            <div aria-hidden="true">{words.jobs}</div>
          </li>
        </ul>
        <p className="m-0 pt-2 text-text-3">{words.compared(number(present.compared), number(present.jobs))}</p>
      </section>
      <section aria-labelledby="budget" className="no-print">
        <h2 id="budget" className="m-0 text-text-2">
          {words.budget}
        </h2>
        <p className="m-0 pt-1 text-figure font-bold tabular-nums">
          {budget.day === null ? (
            <span className="text-h2 font-normal text-text-2">{words.budgetNone}</span>
          ) : (
            <Link className={figureLink} to="/settings">
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
