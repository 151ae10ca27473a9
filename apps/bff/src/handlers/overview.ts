import type { BffApi, BudgetUse, Handlers, MonthlyReport, Overview } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { Outbox } from "../outbox/outbox.ts";

export function overviewHandlers(
  readOverview: (budget: BudgetUse) => Promise<Overview>,
  readMonth: (month: string | undefined) => Promise<MonthlyReport>,
  outbox: Pick<Outbox, "budgetUse">,
  now: () => number,
): Handlers<BffApi, CallContext>["overview"] {
  return {
    get: async (_input, { user }) => readOverview(await outbox.budgetUse(user.id, now())),
    monthly: ({ query }) => readMonth(query.month),
  };
}
