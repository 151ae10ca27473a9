import { useQuery } from "@tanstack/react-query";
import { addMonths, type Capacity, monthAt, type PlanRequest } from "@wsc-dashboard/wsc-core";
import { scanCalendarQuery } from "../../api/plan-calls.ts";
import { useDayName } from "../../domain-ui/use-day-name.ts";
import { useFormats } from "../../messages/messages-context.tsx";
import { useCalendarWords } from "../../messages/use-calendar-words.ts";
import { usePlanWords } from "../../messages/use-plan-words.ts";

interface PlanCapacityProps {
  readonly days: Pick<PlanRequest, "firstDay" | "lastDay">;
  /** Number of chosen targets. */
  readonly chosen: number;
}

/** Whether the shared limit has room for the scans on the chosen days of the next month, before a plan is asked for. */
export function PlanCapacity({ days: { firstDay, lastDay }, chosen }: PlanCapacityProps) {
  const words = usePlanWords();
  const { zone, number, month: monthText } = useFormats();
  const month = addMonths(monthAt(new Date(), zone), 1);
  const { data } = useQuery(scanCalendarQuery(month, zone));
  const limit = data?.capacity.limit ?? null;
  if (data === undefined || limit === null || !(firstDay <= lastDay)) return null;
  const isWanted = ({ day }: Capacity["days"][number]): boolean => {
    const dayOfMonth = Number(day.slice(8));
    return day.startsWith(month) && dayOfMonth >= firstDay && dayOfMonth <= lastDay;
  };
  const room = data.capacity.days.filter(isWanted).reduce((sum, { planned }) => sum + Math.max(0, limit - planned), 0);
  return (
    <p className="mt-4 max-w-168 text-text-2" role="status">
      {words.room(monthText(month), number(limit), number(room))}
      {room < chosen ? (
        <strong className="block font-bold text-medium-text">{words.tooFew(number(chosen))}</strong>
      ) : null}
    </p>
  );
}

/** The days of a plan with their count against the shared limit. */
export function PlanDays({ capacity: { limit, days } }: { readonly capacity: Capacity }) {
  const words = usePlanWords();
  const calendar = useCalendarWords();
  const { number } = useFormats();
  const dayName = useDayName();
  if (limit === null) return null;
  return (
    <details>
      <summary className="cursor-pointer">{words.daysTitle}</summary>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-x-6 tabular-nums">
        {days.map(({ day, planned }) => (
          <li key={day}>
            {dayName(day)}: {(planned > limit ? calendar.countOver : calendar.countOf)(number(planned), number(limit))}
            {planned < limit ? null : (
              <strong className="font-bold"> {planned === limit ? calendar.full : calendar.over}</strong>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
