import type { Plan, PlanRequest } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { AgreeToMany } from "../../job-fields/agree-to-many.tsx";
import { errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { usePlanWords } from "../../messages/use-plan-words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { PlanDays } from "./plan-capacity.tsx";
import { type PlanRowState, usePlan } from "./use-plan.ts";

interface PlanPreviewDialogProps {
  readonly request: PlanRequest;
  readonly plan: Plan;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** Every run with its time, the number of runs in the month, one consent for all, then the outcome of each. */
export function PlanPreviewDialog({ request, plan, onBack, onClose }: PlanPreviewDialogProps) {
  const words = usePlanWords();
  const { number } = useFormats();
  const [isAgreed, setAgreed] = useState(false);
  const { states, isRunning, start, count } = usePlan(request, plan.rows);
  const [ready, ended, all] = [count("ready", "unsure"), count("sent", "refused"), states.size];
  const isDone = ended > 0 && ready === 0 && !isRunning;
  return (
    <Dialog
      title={isDone ? words.created(number(count("sent")), number(all)) : words.title}
      onClose={onClose}
      closable={!isRunning}
      footer={
        <>
          {ended === 0 ? (
            <Button inert={isRunning} onClick={onBack}>
              {words.back}
            </Button>
          ) : (
            <Button inert={isRunning} onClick={onClose}>
              {words.close}
            </Button>
          )}
          {isDone ? null : (
            <Button variant="primary" inert={isRunning || !isAgreed || ready === 0} onClick={() => void start()}>
              {isRunning ? words.creating(number(ended), number(all)) : words.create(ready, number(ready))}
            </Button>
          )}
        </>
      }
    >
      <PlanMonths plan={plan} wanted={request.minutesApart} />
      <PlanDays capacity={plan.capacity} />
      <div className="relative overflow-x-auto">
        <table className="table">
          <caption className="sr-only">{words.title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.host}</th>
              <th scope="col">{words.run}</th>
              <th scope="col">{words.result}</th>
            </tr>
          </thead>
          <tbody>
            {plan.rows.map(({ host, run, hasSchedule }) => (
              <tr key={host}>
                <th scope="row">
                  <PlainText text={host} />
                </th>
                <td className="max-sm:[&_time]:whitespace-normal">
                  {run?.dueAt[0] === undefined ? "–" : <TimeText instant={run.dueAt[0]} />}
                </td>
                <td>{run === null ? words.noRoom : <RowState row={states.get(host)} hasSchedule={hasSchedule} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isDone ? null : <AgreeToMany note={words.consent(number(all))} isAgreed={isAgreed} onAgree={setAgreed} />}
    </Dialog>
  );
}

function PlanMonths({ plan: { months, minutesApart }, wanted }: { readonly plan: Plan; readonly wanted: number }) {
  const words = usePlanWords();
  const { number, month: monthText } = useFormats();
  return (
    <ul>
      {months.map(({ month, added, planned, limit }) => (
        <li key={month}>
          {words.month(
            monthText(month),
            number(added),
            number(planned),
            limit === null ? words.noLimit : number(limit),
          )}
        </li>
      ))}
      {minutesApart > wanted ? (
        <li className="max-w-168 text-text-2">{words.apartRaised(number(minutesApart))}</li>
      ) : null}
    </ul>
  );
}

interface RowStateProps {
  readonly row: PlanRowState | undefined;
  readonly hasSchedule: boolean;
}

function RowState({ row, hasSchedule }: RowStateProps) {
  const messages = useMessages();
  const words = usePlanWords();
  if (row === undefined) return null;
  if (row.state === "ready") return hasSchedule ? <span className="text-text-2">{words.hasSchedule}</span> : null;
  if (row.state !== "refused") return <span>{words.states[row.state]}</span>;
  const { title, next } = errorTextOf(messages, row.code);
  return (
    <span>
      <strong className="font-bold text-high-text">{title}</strong> {next}
    </span>
  );
}
