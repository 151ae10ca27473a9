import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { type RunPlan, runPreviewQuery } from "../../api/schedule-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Refreshing } from "../../ui/refreshing.tsx";
import { NextRuns } from "./next-runs.tsx";
import { runsPerMonth } from "./schedule-text.ts";
import type { ScheduleValues } from "./schedule-values.ts";

const debounceMs = 300;
const previewed = 10;

/** The runs that the current rule would create, and how many there are a month. */
export function RunPreview({ scheduleId }: { readonly scheduleId: string | undefined }) {
  const messages = useMessages();
  const { schedules: words } = messages;
  const formats = useFormats();
  const { control } = useFormContext<ScheduleValues>();
  const [rule, blackout] = useWatch({ control, name: ["rule", "blackout"] });
  const plan = useDebounced({ rule, blackout });
  const { data, error, isPlaceholderData } = useQuery(runPreviewQuery(plan, scheduleId));
  const description = error === null ? null : describeError(messages, error);
  const perMonth = data ? runsPerMonth(data.next.map(({ dueAt }) => dueAt)) : null;
  const rounded = perMonth === null ? 0 : Math.round(perMonth);
  return (
    <aside
      className="mt-5 self-start border-t border-control pt-2 lg:sticky lg:top-16 [&>*+*]:mt-2"
      aria-labelledby="preview-title"
    >
      <h2 id="preview-title" className="font-bold">
        {words.preview(formats.number(previewed))}
      </h2>
      {description ? (
        <p className="font-bold text-high-text" role="status">
          {description.title} {description.next}
        </p>
      ) : data ? (
        <Refreshing isOn={isPlaceholderData}>
          <NextRuns
            runs={data.next}
            dayLimit={data.dayLimit}
            zone={plan.rule.zone}
            label={words.preview(formats.number(previewed))}
            isStacked
          />
          {perMonth === null ? null : (
            <p className="mt-3 font-bold">
              {rounded < 1 ? words.perMonthLess : words.perMonth(rounded, formats.number(rounded))}
            </p>
          )}
        </Refreshing>
      ) : (
        <p className="text-text-3">{words.previewWaits}</p>
      )}
    </aside>
  );
}

/** The debounced plan: not every keystroke causes a request. */
function useDebounced(plan: RunPlan): RunPlan {
  const [settled, setSettled] = useState(plan);
  const text = JSON.stringify(plan);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as RunPlan), debounceMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
