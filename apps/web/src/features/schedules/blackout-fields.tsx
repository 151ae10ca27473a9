import { endOfDay, isWholeDay, weekdays } from "@wsc-dashboard/wsc-core";
import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { anchorOf } from "../../job-fields/job-field-values.ts";
import { useFieldTexts } from "../../job-fields/use-field-texts.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import type { BlackoutValues, ScheduleValues } from "./schedule-values.ts";
import { WeekdayChecks } from "./weekday-checks.tsx";

const mostRows = 10;
const usual: BlackoutValues = { days: weekdays.slice(0, 5), from: "09:00", to: "18:00" };
const wholeDay = { from: "00:00", to: endOfDay };

/** Hours in which nothing may run. */
export function BlackoutFields() {
  const { schedules: words } = useMessages();
  const id = useId();
  const { control, setValue, trigger } = useFormContext<ScheduleValues>();
  const rows = useWatch({ control, name: "blackout" });
  const texts = useFieldTexts();
  const errors = texts("blackout");
  // Rows have no names of their own: these tell them apart while others come and go.
  const [keys, setKeys] = useState(() => rows.map((_, index) => index));
  const change = (next: BlackoutValues[]): void => {
    setValue("blackout", next, { shouldDirty: true, shouldTouch: true });
    if (errors.length > 0) void trigger("blackout");
  };
  const put = (index: number, part: Partial<BlackoutValues>): void =>
    change(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <fieldset
      id={anchorOf("blackout")}
      tabIndex={-1}
      className={errors.length > 0 ? "field fieldset field-invalid" : "field fieldset"}
    >
      <legend className="label">{words.blackout}</legend>
      <p className="hint">{words.blackoutHint}</p>
      {rows.map((row, index) => (
        <fieldset key={keys[index] ?? index} className="blackout-row fieldset">
          <legend className="visually-hidden">{words.blackoutRow(index + 1)}</legend>
          <WeekdayChecks
            legend={words.weekdays}
            chosen={row.days}
            onChange={(days) => put(index, { days: [...days] })}
            errors={[]}
          />
          <div className="choice">
            <input
              id={`${id}whole${index}`}
              type="checkbox"
              checked={isWholeDay(row)}
              onChange={({ target }) => put(index, target.checked ? wholeDay : { from: usual.from, to: usual.to })}
            />
            <label htmlFor={`${id}whole${index}`}>{words.wholeDay}</label>
          </div>
          <div className="blackout-hours">
            {isWholeDay(row) ? null : (
              <BlackoutHours id={`${id}${index}`} row={row} onChange={(part) => put(index, part)} />
            )}
            <button
              type="button"
              className="icon-button"
              aria-label={words.removeBlackout(index + 1)}
              onClick={() => {
                setKeys(keys.filter((_, at) => at !== index));
                change(rows.filter((_, at) => at !== index));
              }}
            >
              <X size={16} strokeWidth={1.75} aria-hidden="true" />
            </button>
          </div>
        </fieldset>
      ))}
      {errors.length > 0 ? (
        <div className="field-errors" role="status">
          {errors.map((error) => (
            <p key={error}>{error}</p>
          ))}
        </div>
      ) : null}
      {rows.length < mostRows ? (
        <div className="actions">
          <Button
            onClick={() => {
              setKeys([...keys, Math.max(0, ...keys) + 1]);
              change([...rows, usual]);
            }}
          >
            <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
            {words.addBlackout}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

interface BlackoutHoursProps {
  readonly id: string;
  readonly row: BlackoutValues;
  readonly onChange: (part: Partial<BlackoutValues>) => void;
}

function BlackoutHours({ id, row, onChange }: BlackoutHoursProps) {
  const { schedules: words } = useMessages();
  const { trigger } = useFormContext<ScheduleValues>();
  return (["from", "to"] as const).map((end) => (
    <div key={end}>
      <label className="label" htmlFor={`${id}${end}`}>
        {words[end]}
      </label>
      <input
        id={`${id}${end}`}
        type="time"
        className="input input-short"
        // A time field has no 24:00; the midnight that ends a day is written 00:00 there.
        value={row[end] === endOfDay ? "00:00" : row[end]}
        onChange={({ target }) => onChange({ [end]: target.value.slice(0, 5) })}
        onBlur={() => void trigger("blackout")}
      />
    </div>
  ));
}
