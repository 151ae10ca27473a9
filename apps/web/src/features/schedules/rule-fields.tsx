import { type Weekday, weekdays } from "@wsc-dashboard/wsc-core";
import { useFormContext, useWatch } from "react-hook-form";
import { ChoiceGroup } from "../../forms/choice-group.tsx";
import { Field } from "../../forms/field.tsx";
import { ZoneSelect } from "../../forms/zone-select.tsx";
import { anchorOf } from "../../job-fields/job-field-values.ts";
import { useFieldTexts } from "../../job-fields/use-field-texts.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Input, Select } from "../../ui/control.tsx";
import { nths } from "./schedule-text.ts";
import { type RuleKind, type RuleValues, ruleFields, type ScheduleValues, withEvery } from "./schedule-values.ts";
import { WeekdayChecks } from "./weekday-checks.tsx";

const kinds: readonly RuleKind[] = ["day", "week", "month"];
const days = Array.from({ length: 28 }, (_, index) => index + 1);

/** When a schedule runs, with plain controls instead of a rule syntax. */
export function RuleFields() {
  const { schedules: words, create } = useMessages();
  const { control, setValue, trigger } = useFormContext<ScheduleValues>();
  const rule = useWatch({ control, name: "rule" });
  const texts = useFieldTexts();
  const change = (next: RuleValues): void => {
    setValue("rule", next, { shouldDirty: true, shouldTouch: true });
    if (texts("rule").length > 0) void trigger([...ruleFields]);
  };
  return (
    <>
      <ChoiceGroup
        legend={words.every}
        anchor={anchorOf("rule")}
        value={rule.every}
        onChange={(every) => change(withEvery(rule, every))}
        choices={kinds.map((value) => ({ value, name: words.everyWords[value] }))}
      />
      {rule.every === "week" ? (
        <WeekdayChecks
          legend={words.weekdays}
          chosen={rule.weekdays ?? []}
          onChange={(chosen) => change({ ...rule, weekdays: [...chosen] })}
          errors={texts("rule.weekdays")}
        />
      ) : null}
      {rule.every === "month" ? <MonthFields rule={rule} onChange={change} /> : null}
      <div className="flex flex-wrap gap-x-6">
        <Field label={words.time} anchor="field-rule-time" errors={texts("rule.localTime")} isRequired>
          {(props) => (
            <Input
              {...props}
              type="time"
              value={rule.localTime}
              onChange={({ target }) => change({ ...rule, localTime: target.value.slice(0, 5) })}
              onBlur={() => void trigger([...ruleFields])}
              isShort
            />
          )}
        </Field>
        <Field label={create.zone} anchor="field-rule-zone" errors={texts("rule.zone")}>
          {(props) => <ZoneSelect control={props} value={rule.zone} onChange={(zone) => change({ ...rule, zone })} />}
        </Field>
      </div>
    </>
  );
}

interface MonthFieldsProps {
  readonly rule: RuleValues;
  readonly onChange: (rule: RuleValues) => void;
}

function MonthFields({ rule, onChange }: MonthFieldsProps) {
  const { schedules: words } = useMessages();
  const formats = useFormats();
  const texts = useFieldTexts();
  const [weekday] = rule.weekdays ?? [];
  const { weekdays: _, ...byDay } = rule;
  const nth = rule.nth ?? 1;
  return (
    <>
      <ChoiceGroup
        legend={words.monthBy}
        anchor="field-rule-month"
        value={weekday === undefined ? "day" : "weekday"}
        onChange={(kind) =>
          onChange(kind === "day" ? { ...byDay, nth } : { ...rule, nth: Math.min(nth, nths.length), weekdays: ["mon"] })
        }
        choices={[
          { value: "weekday", name: words.monthByWords.weekday },
          { value: "day", name: words.monthByWords.day },
        ]}
      />
      {weekday === undefined ? (
        <Field label={words.dayOfMonth} hint={words.dayOfMonthHint} anchor="field-rule-day" errors={texts("rule.nth")}>
          {(props) => (
            <Select
              {...props}
              value={String(nth)}
              onChange={({ target }) => onChange({ ...byDay, nth: Number(target.value) })}
            >
              {days.map((day) => (
                <option key={day} value={String(day)}>
                  {formats.number(day)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : (
        <NthWeekdayFields rule={rule} nth={nth} weekday={weekday} onChange={onChange} />
      )}
    </>
  );
}

interface NthWeekdayFieldsProps extends MonthFieldsProps {
  readonly nth: number;
  readonly weekday: Weekday;
}

/** Which weekday of a month, such as the first Monday. */
function NthWeekdayFields({ rule, nth, weekday, onChange }: NthWeekdayFieldsProps) {
  const { schedules: words } = useMessages();
  const formats = useFormats();
  const texts = useFieldTexts();
  return (
    <div className="flex flex-wrap gap-x-6">
      <Field
        label={words.which}
        anchor="field-rule-nth"
        errors={texts("rule.nth")}
        after={nth === nths.length ? <p className="max-w-168 text-text-2">{words.fifthNote}</p> : null}
      >
        {(props) => (
          <Select
            {...props}
            value={String(nth)}
            onChange={({ target }) => onChange({ ...rule, nth: Number(target.value) })}
          >
            {nths.map((number) => (
              <option key={number} value={String(number)}>
                {words.nth[number]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={words.weekday} anchor="field-rule-weekday" errors={texts("rule.weekdays")}>
        {(props) => (
          <Select
            {...props}
            value={weekday}
            onChange={({ target }) => onChange({ ...rule, weekdays: [target.value as Weekday] })}
          >
            {weekdays.map((day) => (
              <option key={day} value={day}>
                {formats.weekday(day, "long")}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
