import { type Weekday, weekdays } from "@wsc-dashboard/wsc-core";
import { useId } from "react";
import { FieldErrors } from "../../forms/field-errors.tsx";
import { useFormats } from "../../messages/messages-context.tsx";

interface WeekdayChecksProps {
  readonly legend: string;
  readonly chosen: readonly Weekday[];
  readonly onChange: (days: readonly Weekday[]) => void;
  readonly errors: readonly string[];
}

/** A checkbox for each weekday; the chosen days are kept in the order of the week. */
export function WeekdayChecks({ legend, chosen, onChange, errors }: WeekdayChecksProps) {
  const formats = useFormats();
  const id = useId();
  return (
    <fieldset
      className={errors.length > 0 ? "field fieldset field-invalid" : "field fieldset"}
      aria-describedby={errors.length > 0 ? `${id}error` : undefined}
    >
      <legend className="label">{legend}</legend>
      <div className="weekday-row">
        {weekdays.map((day) => (
          <div key={day} className="choice">
            <input
              id={`${id}${day}`}
              type="checkbox"
              checked={chosen.includes(day)}
              onChange={({ target }) =>
                onChange(weekdays.filter((name) => (name === day ? target.checked : chosen.includes(name))))
              }
            />
            <label htmlFor={`${id}${day}`}>{formats.weekday(day, "short")}</label>
          </div>
        ))}
      </div>
      <FieldErrors id={`${id}error`} errors={errors} />
    </fieldset>
  );
}
