import { type Weekday, weekdays } from "@wsc-dashboard/wsc-core";
import { useId } from "react";
import { FieldErrors } from "../../forms/field-errors.tsx";
import { FieldSet } from "../../forms/field-set.tsx";
import { useFormats } from "../../messages/messages-context.tsx";
import { ChoiceLine } from "../../ui/choice-line.tsx";

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
    <FieldSet
      legend={legend}
      isInvalid={errors.length > 0}
      aria-describedby={errors.length > 0 ? `${id}error` : undefined}
    >
      <div className="flex flex-wrap gap-x-4">
        {weekdays.map((day) => (
          <ChoiceLine key={day}>
            <input
              id={`${id}${day}`}
              type="checkbox"
              checked={chosen.includes(day)}
              onChange={({ target }) =>
                onChange(weekdays.filter((name) => (name === day ? target.checked : chosen.includes(name))))
              }
            />
            <label htmlFor={`${id}${day}`}>{formats.weekday(day, "short")}</label>
          </ChoiceLine>
        ))}
      </div>
      <FieldErrors id={`${id}error`} errors={errors} />
    </FieldSet>
  );
}
