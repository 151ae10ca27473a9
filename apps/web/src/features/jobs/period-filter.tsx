import { localTimeOf } from "@wsc-dashboard/wsc-core";
import { useId } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Input, Select } from "../../ui/control.tsx";
import type { JobListView } from "./job-list-search.ts";
import { isDay, periods } from "./job-period.ts";

interface PeriodFilterProps {
  readonly list: JobListView;
  readonly onChange: (change: Partial<JobListView>) => void;
}

const dayMs = 86_400_000;

/** Filter by the time a job ended, or began if it has not ended: a usual period, or from one day to another. */
export function PeriodFilter({ list: { period, from, until }, onChange }: PeriodFilterProps) {
  const { jobs } = useMessages();
  const { zone } = useFormats();
  const id = useId();
  const isCustom = from !== "" || until !== "";
  const dayOf = (time: number): string => localTimeOf(new Date(time), zone).localTime.slice(0, 10);
  const choose = (value: string): void => {
    const days =
      value === "custom" ? { from: dayOf(Date.now() - 30 * dayMs), until: dayOf(Date.now()) } : { from: "", until: "" };
    onChange({ period: periods.find((known) => known === value) ?? "", ...days });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label className="whitespace-nowrap text-text-2" htmlFor={`${id}period`}>
        {jobs.period}
      </label>
      <Select id={`${id}period`} value={isCustom ? "custom" : period} onChange={({ target }) => choose(target.value)}>
        <option value="">{jobs.periods.any}</option>
        {periods.map((known) => (
          <option key={known} value={known}>
            {jobs.periods[known]}
          </option>
        ))}
        <option value="custom">{jobs.periods.custom}</option>
      </Select>
      {isCustom
        ? (["from", "until"] as const).map((name) => (
            <Input
              key={name}
              type="date"
              aria-label={name === "from" ? jobs.periodFrom : jobs.periodUntil}
              value={name === "from" ? from : until}
              onChange={({ target }) => {
                if (target.value === "" || isDay(target.value))
                  onChange({ period: "", from, until, [name]: target.value });
              }}
              isShort
              className="w-40"
            />
          ))
        : null}
    </div>
  );
}
