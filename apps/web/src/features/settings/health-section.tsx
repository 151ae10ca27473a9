import { budgetLevel, type Status } from "@wsc-dashboard/wsc-core";
import { errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { StateLine } from "./state-line.tsx";

/** The health of the dashboard in sentences; the worst state also by its shape. */
export function HealthSection({ status }: { readonly status: Status }) {
  const messages = useMessages();
  const { settings } = messages;
  const formats = useFormats();
  const { store, dispatcher } = status;
  return (
    <section aria-labelledby="health-title">
      <h2 id="health-title" className="text-h2 mt-9 mb-2">
        {settings.health}
      </h2>
      <ul>
        <StateLine tone={store.isWritable ? "good" : "bad"}>
          {store.isWritable ? settings.storeWritable(settings.storeKinds[store.kind]) : settings.storeFailing}
        </StateLine>
        <StateLine tone="good">{store.isLocked ? settings.locked : settings.shared}</StateLine>
        <StateLine tone={store.areKeysOpen ? "good" : "bad"}>
          {store.areKeysOpen ? settings.keysOpen : settings.keysClosed}
        </StateLine>
        <StateLine tone={dispatcher.failure !== null ? "bad" : dispatcher.lastRoundAt === null ? "unknown" : "good"}>
          {dispatcher.failure !== null
            ? messages.shell.sentences(settings.dispatcherFailing, errorTextOf(messages, dispatcher.failure).title)
            : dispatcher.lastRoundAt === null
              ? settings.dispatcherNew
              : settings.dispatcherRuns(formats.exact(dispatcher.lastRoundAt))}
        </StateLine>
        <BudgetLine budget={status.budget.day} text={settings.budgetDay} none={settings.noBudgetDay} />
        <BudgetLine budget={status.budget.userHour} text={settings.budgetHour} none={settings.noBudgetHour} />
      </ul>
      <FactList isWide className="mt-3">
        <dt>{settings.submissions}</dt>
        <dd>
          {status.submissions.length === 0 ? (
            settings.noSubmissions
          ) : (
            <ul>
              {status.submissions.map(({ state, count }) => (
                <li key={state}>
                  {settings.stateCount(
                    // For people's requests "cancelled" is not the same as a skipped run.
                    state === "CANCELLED" ? messages.jobs.phaseWords.cancelled : messages.schedules.runStates[state],
                    formats.number(count),
                  )}
                </li>
              ))}
            </ul>
          )}
        </dd>
        <dt>{messages.schedules.title}</dt>
        <dd>
          {settings.scheduleCount(formats.number(status.schedules.active), formats.number(status.schedules.paused))}
        </dd>
        <dt>{messages.shell.productVersion}</dt>
        <dd translate="no">{status.version}</dd>
      </FactList>
    </section>
  );
}

interface BudgetLineProps {
  readonly budget: Status["budget"]["day"];
  readonly text: (used: string, limit: string) => string;
  readonly none: string;
}

const levelTones = { fine: "good", near: "warning", over: "bad" } as const;

function BudgetLine({ budget, text, none }: BudgetLineProps) {
  const { settings, submissions } = useMessages();
  const { number, dateTime } = useFormats();
  if (budget === null) return <StateLine tone="good">{none}</StateLine>;
  const level = budgetLevel(budget);
  return (
    <StateLine tone={levelTones[level]}>
      {text(number(budget.used), number(budget.limit))} {level === "fine" ? null : settings.budgetLevels[level]}{" "}
      {budget.nextAt === undefined ? null : submissions.budgetNextAt(dateTime(budget.nextAt))}
    </StateLine>
  );
}
