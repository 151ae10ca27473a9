import { endOfDay, isWholeDay, weekdays } from "@wsc-dashboard/wsc-core";
import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { FieldErrors } from "../../forms/field-errors.tsx";
import { FieldSet } from "../../forms/field-set.tsx";
import { anchorOf } from "../../job-fields/job-field-values.ts";
import { useFieldTexts } from "../../job-fields/use-field-texts.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button, iconButtonClass } from "../../ui/button.tsx";
import { ChoiceLine } from "../../ui/choice-line.tsx";
import { Input } from "../../ui/control.tsx";
import type { BlackoutValues, ScheduleValues } from "./schedule-values.ts";
import { WeekdayChecks } from "./weekday-checks.tsx";

const maxRows = 10;
const usual: BlackoutValues = { days: weekdays.slice(0, 5), from: "09:00", to: "18:00" };
const wholeDay = { from: "00:00", to: endOfDay };

/** Hours in which nothing may run. */
export function BlackoutFields() {
  const { schedules: words } = useMessages();
  const { control, setValue, trigger } = useFormContext<ScheduleValues>();
  const rows = useWatch({ control, name: "blackout" });
  const texts = useFieldTexts();
  const errors = texts("blackout");
  // Rows have no ids; these React keys distinguish them while others are added and removed.
  const [keys, setKeys] = useState(() => rows.map((_, index) => index));
  const change = (next: BlackoutValues[]): void => {
    setValue("blackout", next, { shouldDirty: true, shouldTouch: true });
    if (errors.length > 0) void trigger("blackout");
  };
  return (
    <FieldSet id={anchorOf("blackout")} tabIndex={-1} legend={words.blackout} isInvalid={errors.length > 0}>
      <p className="max-w-168 text-text-2">{words.blackoutHint}</p>
      {rows.map((row, index) => (
        <BlackoutRow
          key={keys[index] ?? index}
          position={index + 1}
          row={row}
          onChange={(part) => change(rows.map((other, at) => (at === index ? { ...other, ...part } : other)))}
          onBlur={() => void trigger("blackout")}
          onRemove={() => {
            setKeys(keys.filter((_, at) => at !== index));
            change(rows.filter((_, at) => at !== index));
          }}
        />
      ))}
      <FieldErrors errors={errors} role="status" />
      {rows.length < maxRows ? (
        <Actions>
          <Button
            onClick={() => {
              setKeys([...keys, Math.max(0, ...keys) + 1]);
              change([...rows, usual]);
            }}
          >
            <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
            {words.addBlackout}
          </Button>
        </Actions>
      ) : null}
    </FieldSet>
  );
}

interface BlackoutRowProps {
  /** Counted from 1. */
  readonly position: number;
  readonly row: BlackoutValues;
  readonly onChange: (part: Partial<BlackoutValues>) => void;
  readonly onBlur: () => void;
  readonly onRemove: () => void;
}

function BlackoutRow({ position, row, onChange, onBlur, onRemove }: BlackoutRowProps) {
  const { schedules: words } = useMessages();
  const id = useId();
  return (
    <fieldset className="mt-3! border-s-3 border-hairline ps-3 pb-3 [&>fieldset]:mt-0">
      <legend className="sr-only">{words.blackoutRow(position)}</legend>
      <WeekdayChecks
        legend={words.weekdays}
        chosen={row.days}
        onChange={(days) => onChange({ days: [...days] })}
        errors={[]}
      />
      <ChoiceLine>
        <input
          id={`${id}whole`}
          type="checkbox"
          checked={isWholeDay(row)}
          onChange={({ target }) => onChange(target.checked ? wholeDay : { from: usual.from, to: usual.to })}
        />
        <label htmlFor={`${id}whole`}>{words.wholeDay}</label>
      </ChoiceLine>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        {isWholeDay(row) ? null : <BlackoutHours id={id} row={row} onChange={onChange} onBlur={onBlur} />}
        <button
          type="button"
          className={iconButtonClass}
          aria-label={words.removeBlackout(position)}
          onClick={onRemove}
        >
          <X size={16} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </div>
    </fieldset>
  );
}

interface BlackoutHoursProps extends Pick<BlackoutRowProps, "row" | "onChange" | "onBlur"> {
  readonly id: string;
}

function BlackoutHours({ id, row, onChange, onBlur }: BlackoutHoursProps) {
  const { schedules: words } = useMessages();
  return (["from", "to"] as const).map((end) => (
    <div key={end}>
      <label className="block font-bold" htmlFor={`${id}${end}`}>
        {words[end]}
      </label>
      <Input
        id={`${id}${end}`}
        type="time"
        // A time field has no 24:00; the midnight that ends a day is entered as 00:00.
        value={row[end] === endOfDay ? "00:00" : row[end]}
        onChange={({ target }) => onChange({ [end]: target.value.slice(0, 5) })}
        onBlur={onBlur}
        isShort
      />
    </div>
  ));
}
